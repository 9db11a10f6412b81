// The face of the search room.
export { searchRoutes } from './routes.ts'
