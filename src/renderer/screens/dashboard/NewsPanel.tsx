import { useMemo } from 'react';
import { sentenceOf } from '../../../shared/words/eventSentence.ts';
import { dayAndTime } from '../../components/clockText.ts';
import { EventFeed } from '../../components/EventFeed.tsx';
import { Panel } from '../../components/Panel.tsx';
import { cutFillOf, isNews } from '../../live/eventRing.ts';
import { useFunding } from '../../live/liveStore.ts';
import { useEvents } from '../../live/useEvents.ts';

/** What the engine did and why, with every blocked trade and its numbers. */
export function NewsPanel() {
  const events = useEvents();
  const holds = useFunding(({ positions }) => positions.length > 0) ?? false;
  const news = useMemo(() => events.filter(isNews).toReversed(), [events]);
  const cutFill = useMemo(() => cutFillOf(events), [events]);
  const oldest = events.at(-1);
  const none =
    oldest === undefined
      ? {}
      : {
          emptyTitle: 'Nothing new',
          whenEmpty: `Nothing new since ${dayAndTime(oldest.t)}; it holds ${holds ? 'its hedge' : 'no position'}.`,
        };
  return (
    <Panel title="What the engine did, and why" flush>
      <EventFeed
        entries={news}
        sentenceOf={sentenceOf}
        height={300}
        cutFill={cutFill}
        whenEmpty="Start the engine: what it does, and why it doesn’t, is told here."
        {...none}
      />
    </Panel>
  );
}
