import { Modal, Table } from '@mantine/core';
import { Fragment } from 'react';
import { HotkeyHint } from '../components/HotkeyHint.tsx';
import { HOTKEYS } from './hotkeys.ts';

interface HotkeySheetProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** All keys, on one sheet. */
export default function HotkeySheet({ opened, onClose }: HotkeySheetProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table verticalSpacing="sm" horizontalSpacing={0}>
        <Table.Tbody>
          {HOTKEYS.map(({ keys, inTurn, does }) => (
            <Table.Tr key={does}>
              <Table.Td>
                {keys.map((together, at) => (
                  <Fragment key={together.join()}>
                    {at === 0 ? null : ' or '}
                    <HotkeyHint keys={together} inTurn={inTurn ?? false} />
                  </Fragment>
                ))}
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
