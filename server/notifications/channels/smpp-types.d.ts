// The part of the npm package `smpp` that is used; it ships no types.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'

  /** A protocol data unit; numbers of the specification SMPP 3.4. */
  export type Pdu = {
    command: string
    command_status: number
    message_id?: string
    esm_class?: number
    receipted_message_id?: string
    message_state?: number
    user_message_reference?: number
    source_addr?: string
    short_message?: { message?: string | Uint8Array; udh?: Uint8Array[] }
    message_payload?: { message?: string | Uint8Array }
    response(fields?: Record<string, unknown>): Pdu
  }

  export interface Session extends EventEmitter {
    bind_transceiver(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): void
    submit_sm(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): void
    deliver_sm(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): void
    enquire_link(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): void
    unbind(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): void
    send(pdu: Pdu): void
    close(): void
    destroy(): void
  }

  export interface Server extends EventEmitter {
    listen(port: number, host: string, ready: () => void): void
    address(): { port: number }
    close(): void
  }

  const smpp: {
    connect(options: { url: string; auto_enquire_link_period?: number; connectTimeout?: number }): Session
    createServer(options: Record<string, unknown>, onSession: (session: Session) => void): Server
  }
  export default smpp
}
