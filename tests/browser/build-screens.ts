// Once a run: the screens as they are built for the server.
import { buildScreens } from '../../server/screens.ts'

export const setup = () => buildScreens()
