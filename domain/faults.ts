/** Faults that a rehearsal may plant in a step of the world, and what each means for the step. */
export const stepFaults = {
  unavailable: 'the other side is away: the attempt fails before it takes effect, and is made again',
  rejected: 'the other side says no for good: the step fails without effect',
  'answer-lost': 'the step takes effect and its answer is lost: the attempt is made again under the same key',
  late: 'the answer comes twelve seconds late: after most attempts have been given up and made again',
  twice: 'the request reaches the other side twice',
  'worker-killed': 'the worker dies after the effect and before the answer: another makes the attempt again',
} as const;
export type StepFault = keyof typeof stepFaults;
export const stepFaultNames = Object.keys(stepFaults) as readonly StepFault[];

/** How late a late answer is, in milliseconds. */
export const lateByMs = 12_000;
