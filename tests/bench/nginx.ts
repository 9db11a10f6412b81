// An nginx of one worker that serves one body, compressed ahead, kept open by its cache of files: as fast as it serves bytes.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** It listens within a second; beyond this it will not. */
const start_ms = 10_000

export type Nginx = { port: number; stop(): void }

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)))
    socket.on('error', () => resolve(false))
  })

/** Starts it on a free port; null where it is not installed. */
export async function startNginx(body: Buffer, type: string): Promise<Nginx | null> {
  if (spawnSync('nginx', ['-v']).error) return null
  const folder = mkdtempSync(path.join(os.tmpdir(), 'relight-nginx-'))
  const port = await freePort()
  writeFileSync(path.join(folder, 'page'), body)
  const config = `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
user ${os.userInfo().username};
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on;
  open_file_cache max=10 inactive=600s; open_file_cache_valid 600s;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server {
    listen 127.0.0.1:${port};
    location = /page { root ${folder}; default_type "${type}"; add_header content-encoding gzip; }
  }
}
`
  writeFileSync(path.join(folder, 'nginx.conf'), config)
  const child = spawn('nginx', ['-c', path.join(folder, 'nginx.conf')], { stdio: 'inherit' })
  const stop = () => {
    child.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    child.kill('SIGTERM')
  }
  const until = Date.now() + start_ms
  while (Date.now() < until) {
    if (await answers(port)) return { port, stop }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  stop()
  throw new Error('nginx does not listen')
}
