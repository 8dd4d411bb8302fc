import { CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { IconCircleCheck } from '@tabler/icons-react';
import { sentenceOf } from '../../shared/words/eventSentence.ts';
import { textIn } from '../../shared/words/logText.ts';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import { eventLook } from '../components/eventLook.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { useLive } from '../live/liveStore.ts';
import { Failure } from './Failure.tsx';
import { dismissNotice, forgetByHand, useNotices } from './notices.ts';
import styles from './Notices.module.css';

/** What came of what the user did, at the corner of the window. */
export function Notices() {
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  useEffect(() => forgetByHand, [vaultEpoch]);
  const notices = useNotices((state) => state.notices);
  return (
    <div className={styles.stack} role="log" aria-label="What came of what you did">
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice} data-kind={notice.kind}>
          {notice.kind === 'done' ? (
            <div className={styles.done}>
              <IconCircleCheck size={18} aria-hidden />
              <div className={styles.words}>
                <p>{notice.text}</p>
                {notice.copy === undefined ? null : (
                  <>
                    <code className={styles.copied}>{notice.copy}</code>
                    <CopyButton text={notice.copy} />
                  </>
                )}
              </div>
            </div>
          ) : notice.kind === 'byHand' ? (
            <ByHand entry={notice.entry} />
          ) : (
            <Failure title={notice.title} error={notice.error} />
          )}
          <div className={styles.close}>
            <CloseButton size="sm" aria-label="Dismiss" onClick={() => dismissNotice(notice.id)} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** A trade by hand that was blocked, or an alert about one. */
function ByHand({ entry }: { readonly entry: EventEntry }) {
  const { word, Icon } = eventLook(entry.type);
  const code = textIn(entry.data, 'code');
  return (
    <div className={styles.done} data-kind="byHand">
      <Icon size={18} aria-hidden />
      <div className={styles.words}>
        <p>
          <strong>{word}, by hand:</strong> {sentenceOf(entry)}
        </p>
        {code === '' ? null : <code className={styles.copied}>{code}</code>}
      </div>
    </div>
  );
}
