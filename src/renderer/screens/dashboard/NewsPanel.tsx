import { useMemo } from 'react';
import { sentenceOf } from '../../../shared/words/eventSentence.ts';
import { EventFeed } from '../../components/EventFeed.tsx';
import { Panel } from '../../components/Panel.tsx';
import { isNews } from '../../live/eventRing.ts';
import { useEvents } from '../../live/useEvents.ts';

/** What the engine did and why, with every blocked trade and its numbers. */
export function NewsPanel() {
  const events = useEvents();
  const news = useMemo(() => events.filter(isNews).toReversed(), [events]);
  return (
    <Panel title="What the engine did, and why" flush>
      <EventFeed
        entries={news}
        sentenceOf={sentenceOf}
        height={300}
        whenEmpty="Start the engine: what it does, and why it doesn’t, is told here."
      />
    </Panel>
  );
}
