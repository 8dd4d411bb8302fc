import { Chip, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { replyOf } from '../../api/apiError.ts';
import { eventLook } from '../../components/eventLook.ts';
import { useLive } from '../../live/liveStore.ts';
import { Failure } from '../../shell/Failure.tsx';
import { ExportMenu } from '../ExportMenu.tsx';
import screen from '../Screen.module.css';
import { ScreenHead } from '../ScreenHead.tsx';
import { EventList } from './EventList.tsx';
import { EventPager } from './EventPager.tsx';
import type { EventPlace } from './eventPage.ts';
import { useEventPage } from './useEventPage.ts';
import styles from './Events.module.css';

const TYPES = [
  'DECISION',
  'BLOCKED',
  'ALERT',
  'FILL',
  'FUNDING',
  'INTEREST',
  'COST',
  'TRANSFER',
  'SETTLEMENT',
  'ADJUSTMENT',
  'VALUATION',
  'OPENING',
];
const EXPORTS = [
  { kind: 'events', format: 'csv', label: 'Events as CSV' },
  { kind: 'events', format: 'jsonl', label: 'Events as JSON lines, as they are hashed' },
  { kind: 'fills', format: 'csv', label: 'Fills as CSV' },
  { kind: 'funding', format: 'csv', label: 'Funding as CSV' },
] as const;
const SEARCH_AFTER_MS = 300;
const LATEST: EventPlace = { kind: 'latest' };

/** Everything that happened, line by line, with the numbers behind it. */
export default function Events() {
  const [types, setTypes] = useState<string[]>([]);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, SEARCH_AFTER_MS);
  const [place, setPlace] = useState(LATEST);
  const filter = useMemo(() => ({ types, search }), [types, search]);
  const { entries, isThere, error, hasOlder, hasNewer } = useEventPage(place, filter);
  // Where nothing is newer, the newest are what was wanted.
  if (place.kind === 'after' && isThere && entries?.length === 0) setPlace(LATEST);
  // A place in the log of one vault is none in that of another.
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const [placeOf, setPlaceOf] = useState(vaultEpoch);
  if (placeOf !== vaultEpoch) {
    setPlaceOf(vaultEpoch);
    setPlace(LATEST);
  }
  const atEnd = place.kind === 'latest';
  return (
    <div className={screen.screen}>
      <ScreenHead
        title="Events"
        about="what the engine did and why, newest first"
        actions={<ExportMenu choices={EXPORTS} />}
      />
      <div className={styles.filters}>
        <TextInput
          className={styles.search ?? ''}
          aria-label="Search the events"
          placeholder="Search words and numbers"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={typed}
          maxLength={100}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setPlace(LATEST);
          }}
        />
        <Switch
          label="Follow the newest"
          checked={atEnd}
          onChange={(event) => {
            const first = entries?.[0];
            if (event.currentTarget.checked) setPlace(LATEST);
            else if (first !== undefined) setPlace({ kind: 'before', seq: first.seq + 1 });
          }}
        />
        <Chip.Group
          multiple
          value={types}
          onChange={(chosen) => {
            setTypes(chosen);
            setPlace(LATEST);
          }}
        >
          <div className={styles.chips} role="group" aria-label="Show only">
            {TYPES.map((type) => (
              <Chip key={type} value={type} size="xs" variant="outline">
                {eventLook(type).word}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      </div>
      {error === null ? null : <Failure title="The events could not be read" error={replyOf(error)} />}
      {error !== null && entries === null ? null : (
        <EventList entries={entries} filtered={types.length > 0 || search.trim() !== ''} atEnd={atEnd} />
      )}
      <EventPager
        entries={entries ?? []}
        hasNewer={hasNewer}
        hasOlder={hasOlder}
        atEnd={atEnd}
        onPlace={setPlace}
      />
    </div>
  );
}
