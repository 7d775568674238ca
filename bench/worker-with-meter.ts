import { z } from 'zod';

/** A worker process that tells how much processor time it has spent (microseconds) when it is asked. */
const asked = z.literal('cpu');
process.on('message', (message) => {
  if (!asked.safeParse(message).success) return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
await import('../workers/main.ts');
