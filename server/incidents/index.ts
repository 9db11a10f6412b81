// The face of the incidents room.
export * from './inference/index.ts'
