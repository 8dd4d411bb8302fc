import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import { Tag } from '../../components/Tag.tsx';
import type { Side } from './ticketDraft.ts';

/** Buy or sell: a word, an arrow and a colour. */
export const SideTag = ({ side }: { readonly side: Side }) => (
  <Tag
    word={side === 'buy' ? 'Buy' : 'Sell'}
    Icon={side === 'buy' ? IconArrowUpRight : IconArrowDownRight}
    role={side === 'buy' ? 'long' : 'short'}
  />
);
