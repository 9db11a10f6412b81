/** The service cannot start; the message is the one line that says why and what would be right. */
export class StartRefusal extends Error {
  override name = 'StartRefusal'
}
