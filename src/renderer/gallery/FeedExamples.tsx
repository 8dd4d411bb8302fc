import { EventFeed } from '../components/EventFeed.tsx';
import { Panel } from '../components/Panel.tsx';
import { events, sentenceOf } from './samples.ts';
import { Grid, Section } from './Section.tsx';

const THOUSANDS = events(5000);

export function FeedExamples() {
  return (
    <Section title="Events">
      <Grid least={420}>
        <Panel title="Events, five thousand" level={3} flush>
          <EventFeed entries={THOUSANDS} sentenceOf={sentenceOf} height={300} label="Five thousand events" />
        </Panel>
        <Panel title="Events, few" level={3} flush>
          <EventFeed entries={events(3)} sentenceOf={sentenceOf} label="Few events" />
        </Panel>
        <Panel title="Events, empty" level={3} flush>
          <EventFeed entries={[]} sentenceOf={sentenceOf} />
        </Panel>
        <Panel title="Events, loading" level={3}>
          <EventFeed entries={null} sentenceOf={sentenceOf} height={200} />
        </Panel>
      </Grid>
    </Section>
  );
}
