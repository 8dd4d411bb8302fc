import { CloseButton } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { CopyButton } from '../components/CopyButton.tsx';
import { Failure } from './Failure.tsx';
import { dismissNotice, useNotices } from './notices.ts';
import styles from './Notices.module.css';

/** What came of what the user did, at the corner of the window. */
export function Notices() {
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
