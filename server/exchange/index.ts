// The face of the exchange room.
export { exchangeRoutes, type ExchangeDeps } from './routes.ts'
