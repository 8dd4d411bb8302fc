import { Skeleton, VisuallyHidden } from '@mantine/core';
import { CHECK_NAMES, type CheckName, type LiveCheckView } from '../../../shared/contract/liveCheck.ts';
import { Tag } from '../../components/Tag.tsx';
import { CHECK_LOOKS, CHECK_TITLES } from './checkLook.ts';
import type { Purpose } from './goLiveSteps.ts';
import styles from './CheckList.module.css';

interface CheckListProps {
  /** Undefined while they are looked at. */
  readonly checks: readonly LiveCheckView[] | undefined;
  readonly purpose: Purpose;
}

/** Who only watches signs nothing and pays nothing. */
const WATCHED: readonly CheckName[] = ['subAccount', 'venue', 'rpc', 'clock'];

/** Every check with what was found and what to do, in the order in which they are read. */
export function CheckList({ checks, purpose }: CheckListProps) {
  if (checks === undefined)
    return (
      <div role="status" aria-label="Looking at everything that it depends on">
        <ul className={styles.list}>
          {(purpose === 'trading' ? CHECK_NAMES : WATCHED).map((name) => (
            <li key={name} className={styles.check}>
              <span className={styles.name}>{CHECK_TITLES[name]}</span>
              <span className={styles.state}>
                <VisuallyHidden>being looked at</VisuallyHidden>
                <Skeleton height={20} width={64} />
              </span>
              <span className={styles.says}>
                <Skeleton height={11} width="72%" mt={5} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <ol className={styles.list} aria-label="Checks">
      {checks.map(({ name, state, says, todo, code }) => {
        const { word, Icon, role } = CHECK_LOOKS[state];
        return (
          <li key={name} className={styles.check} data-state={state}>
            <span className={styles.name}>{CHECK_TITLES[name]}</span>
            <span className={styles.state}>
              <Tag word={word} Icon={Icon} role={role} />
            </span>
            <div className={styles.says}>
              <p>{says}</p>
              {todo === null ? null : <p className={styles.todo}>{todo}</p>}
              {code === null ? null : <code className={styles.code}>{code}</code>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
