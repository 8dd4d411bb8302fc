import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import {
  CONDITION_KINDS,
  CONDITION_UNITS,
  conditionOf,
  newCondition,
  type ConditionDraft,
} from './conditionDraft.ts';
import { refusalOf, type FieldNotes } from './fieldRefusal.ts';
import { useMarkets, type MarketSpec } from './marketSpec.ts';
import { changeDraft, useTicket } from './ticketStore.ts';
import styles from './Ticket.module.css';

const MOST = 8;

const isPerp = ({ kind }: MarketSpec): boolean => kind === 'perp';

/** What has to come true before the order is sent: a list, of which all or any must hold. */
export function ConditionFields({ notes }: { readonly notes: FieldNotes }) {
  const conditions = useTicket((state) => state.draft.conditions);
  const match = useTicket((state) => state.draft.match);
  const market = useTicket((state) => state.market);
  const refusal = refusalOf(notes, 'conditions');
  const add = (): void => {
    const id = Math.max(0, ...conditions.map((one) => one.id)) + 1;
    changeDraft({ conditions: [...conditions, newCondition(id, market ?? '')] });
  };
  const change = (id: number, part: Partial<ConditionDraft>): void =>
    changeDraft({ conditions: conditions.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Conditions</legend>
      {conditions.length > 1 ? (
        <NativeSelect
          aria-label="How many must hold"
          value={match}
          data={[
            { value: 'all', label: 'Sent once all of these hold' },
            { value: 'any', label: 'Sent once any of these holds' },
          ]}
          onChange={({ currentTarget: { value } }) => changeDraft({ match: value === 'any' ? 'any' : 'all' })}
        />
      ) : null}
      {conditions.map((condition, at) => (
        <ConditionRow
          key={condition.id}
          condition={condition}
          number={at + 1}
          onChange={(part) => change(condition.id, part)}
          onRemove={() => changeDraft({ conditions: conditions.filter(({ id }) => id !== condition.id) })}
        />
      ))}
      {refusal === null ? null : (
        <p className={styles.problem} role="alert">
          {refusal}
        </p>
      )}
      <Button
        size="compact-sm"
        variant="default"
        disabled={conditions.length >= MOST}
        leftSection={<IconPlus size={13} aria-hidden />}
        onClick={add}
      >
        {conditions.length === 0 ? 'Send it only once …' : 'Another condition'}
      </Button>
    </fieldset>
  );
}

interface ConditionRowProps {
  readonly condition: ConditionDraft;
  readonly number: number;
  readonly onChange: (part: Partial<ConditionDraft>) => void;
  readonly onRemove: () => void;
}

function ConditionRow({ condition, number, onChange, onRemove }: ConditionRowProps) {
  const markets = useMarkets().data?.markets ?? [];
  const { kind, market, source, is, value, at } = condition;
  const read = conditionOf(condition);
  const untouched = kind === 'time' ? at === '' : value === '';
  const problem = typeof read === 'string' && !untouched ? read : null;
  const name = (what: string): string => `Condition ${number}: ${what}`;
  return (
    <div className={styles.condition} role="group" aria-label={`Condition ${number}`}>
      <NativeSelect
        aria-label={name('what')}
        value={kind}
        data={CONDITION_KINDS.map((one) => ({ ...one }))}
        onChange={({ currentTarget: { value: text } }) => {
          const next = CONDITION_KINDS.find((one) => one.value === text)?.value;
          if (next === undefined) return;
          const perp = markets.find((one) => isPerp(one) && one.market === market) ?? markets.find(isPerp);
          const funded = next === 'funding' && perp !== undefined ? { market: perp.market } : {};
          onChange({ kind: next, value: '', ...funded });
        }}
      />
      {kind === 'price' || kind === 'funding' ? (
        <NativeSelect
          aria-label={name('market')}
          value={market}
          data={markets.filter((one) => kind === 'price' || isPerp(one)).map((one) => one.market)}
          onChange={(event) => onChange({ market: event.currentTarget.value })}
        />
      ) : null}
      {kind === 'price' ? (
        <NativeSelect
          aria-label={name('which price')}
          value={source}
          data={[
            { value: 'oracle', label: 'Oracle' },
            { value: 'mark', label: 'Mark' },
          ]}
          onChange={(event) => onChange({ source: event.currentTarget.value === 'mark' ? 'mark' : 'oracle' })}
        />
      ) : null}
      {kind === 'time' ? (
        <TextInput
          type="datetime-local"
          aria-label={name('from when on, on the market’s clock')}
          value={at}
          error={problem}
          onChange={(event) => onChange({ at: event.currentTarget.value })}
        />
      ) : (
        <>
          <NativeSelect
            aria-label={name('above or below')}
            value={is}
            data={[
              { value: 'above', label: 'at least' },
              { value: 'below', label: 'at most' },
            ]}
            onChange={(event) => onChange({ is: event.currentTarget.value === 'below' ? 'below' : 'above' })}
          />
          <TextInput
            aria-label={name(`value in ${CONDITION_UNITS[kind]}`)}
            inputMode="decimal"
            autoComplete="off"
            placeholder={CONDITION_UNITS[kind]}
            value={value}
            error={problem}
            onChange={(event) => onChange({ value: event.currentTarget.value })}
          />
        </>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove condition ${number}`} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
