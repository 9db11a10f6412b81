// A crew as ranking knows it: free, on shift, with the skill for the medium voltage.
import type { CrewFacts } from '../../server/dispatch/rank.ts'

export const freeCrew = (id: string, lon = 113, more: Partial<CrewFacts> = {}): CrewFacts => ({
  id,
  name: id,
  lon,
  lat: 22.5,
  home_district: 'west',
  home_name: '西区',
  skills: ['mv'],
  on_shift: true,
  position_at: null,
  job_status: null,
  arrives_at: null,
  arrived_at: null,
  job_lon: null,
  job_lat: null,
  refused_before: false,
  ...more,
})
