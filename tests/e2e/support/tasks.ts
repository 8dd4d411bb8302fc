import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';

/** As much of Chromium's trace as tells how long each task of a page took; times in microseconds. */
const trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.object({ name: z.unknown() }).partial().optional(),
    }),
  ),
});
type TraceEvent = z.infer<typeof trace>['traceEvents'][number];

const CATEGORIES = ['disabled-by-default-devtools.timeline', '__metadata'];

/** One task of the page's main thread, milliseconds. */
export interface Task {
  /** On the wall: with whatever else the machine did in between. */
  readonly wallMs: number;
  /** Of the processor: what the task itself took, however busy the machine is. */
  readonly cpuMs: number;
}

/** Every task of the page's main thread while something happens. */
export async function tasksDuring(
  browser: Browser,
  page: Page,
  what: () => Promise<void>,
): Promise<readonly Task[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  let text = '';
  try {
    await what();
  } finally {
    text = (await browser.stopTracing()).toString('utf8');
  }
  return tasksIn(trace.parse(JSON.parse(text)).traceEvents);
}

/** The longest of some tasks, by what it is measured in. */
export const longest = (tasks: readonly Task[], by: keyof Task): number =>
  Math.max(0, ...tasks.map((task) => task[by]));

function tasksIn(events: readonly TraceEvent[]): readonly Task[] {
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const pages = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(thread),
  );
  return events
    .filter((event) => event.name === 'RunTask' && pages.has(thread(event)))
    .map(({ dur = 0, tdur = dur }) => ({ wallMs: dur / 1_000, cpuMs: tdur / 1_000 }));
}
