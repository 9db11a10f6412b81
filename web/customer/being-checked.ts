// Whether somebody has said that supply is back and nobody has verified it: “restored” is a word for what has been verified. Pure.
import type { PublicIncident } from '../../server/contract/public.ts'

export const isBeingChecked = ({ status, verified }: PublicIncident) => status === 'restored' && !verified
