// A thread that learns one history and hands the model over.
import { parentPort, workerData } from 'node:worker_threads'
import { learn } from './model.ts'
import type { PastIncident } from './past-incident.ts'

parentPort!.postMessage(learn(workerData as PastIncident[]))
