import { describe, expect, it } from 'vitest';

import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { FAULTS, FaultSwitches, type Fault } from '../../../../src/main/venues/paper/faults.ts';
import { FREE, PaperBench } from './paperBench.ts';

/** A venue whose next orders go wrong. */
function benchWith(fault: Fault, orders = 1): PaperBench {
  const bench = new PaperBench({ cash: '10000', settings: FREE });
  bench.venue.faults.arm(fault, orders);
  return bench;
}

describe('an order that times out', () => {
  it('is never executed, and the venue has never seen it', async () => {
    const bench = benchWith('timeout');
    const order = bench.order('SOL-PERP', 'sell', '1', { id: 'a' });

    expect(await bench.venue.place(order)).toEqual({ kind: 'noReply', cause: 'the order timed out' });
    expect(await bench.venue.query('a')).toEqual({ kind: 'absent' });
    bench.passHours(2);
    expect(await bench.venue.query('a')).toEqual({ kind: 'absent' });
    expect(bench.events()).toEqual([]);
  });

  it('may be sent again', async () => {
    const bench = benchWith('timeout');
    const order = bench.order('SOL-PERP', 'sell', '1');
    await bench.venue.place(order);

    expect(await bench.send(order)).toMatchObject({ status: 'filled' });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
  });
});

describe('an order that fills late', () => {
  it('is absent at first, and filled 25 s later at the prices of then', async () => {
    const bench = benchWith('lateFill');
    const order = bench.order('SOL-PERP', 'sell', '1', { id: 'a', limit: '95' });

    expect(await bench.venue.place(order)).toEqual({ kind: 'noReply', cause: 'the order timed out' });
    bench.solMovesTo('98');
    bench.pass(24_999);
    expect(await bench.venue.query('a')).toEqual({ kind: 'absent' });
    expect(bench.held('SOL-PERP')).toBe(0n);
    bench.pass(1);

    expect(await bench.venue.query('a')).toMatchObject({
      report: { status: 'filled', filled: parseBase('1'), quote: 97_902_000n },
    });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
    bench.pass(60_000);
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
    bench.expectBooksToAgree();
  });

  it('expires where its limit is then out of reach', async () => {
    const bench = benchWith('lateFill');
    await bench.venue.place(bench.order('SOL-PERP', 'sell', '1', { id: 'a', limit: '99.5' }));
    bench.solMovesTo('99');
    bench.pass(25_000);

    expect(await bench.venue.query('a')).toMatchObject({ report: { status: 'expired', filled: 0n } });
    expect(bench.held('SOL-PERP')).toBe(0n);
  });

  it('is rejected where the account can’t bear it any more', async () => {
    const bench = benchWith('lateFill');
    await bench.venue.place(bench.order('SOL', 'buy', '1', { id: 'a' }));
    await bench.venue.withdraw({ asset: 'USDC', amount: bench.account.cash });
    bench.pass(25_000);

    expect(await bench.venue.query('a')).toMatchObject({
      report: { status: 'rejected', rejection: { code: 'INSUFFICIENT_BALANCE' } },
    });
  });

  it('is done once, even if it was sent again in the meantime', async () => {
    const bench = benchWith('lateFill');
    const order = bench.order('SOL-PERP', 'sell', '1');
    await bench.venue.place(order);
    await bench.venue.place(order);
    bench.pass(25_000);

    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
  });

  it('is not done any more once the order is no longer valid', async () => {
    const bench = benchWith('lateFill');
    const order = bench.order('SOL-PERP', 'sell', '1', { id: 'a', validUntil: bench.now + 24_999 });
    await bench.venue.place(order);
    bench.pass(25_000);

    expect(bench.held('SOL-PERP')).toBe(0n);
    expect(await bench.venue.query('a')).not.toMatchObject({ report: { status: 'filled' } });
  });

  it('comes as late as the setting says, each by its own time', async () => {
    const bench = new PaperBench({ cash: '10000', settings: { ...FREE, lateFillMs: '5000' } });
    bench.venue.faults.arm('lateFill', 2);
    await bench.venue.place(bench.order('SOL-PERP', 'sell', '1'));
    bench.pass(3_000);
    await bench.venue.place(bench.order('SOL-PERP', 'sell', '2'));

    bench.pass(2_000);
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
    bench.pass(3_000);
    expect(bench.held('SOL-PERP')).toBe(parseBase('-3'));
  });
});

describe('an order whose reply is lost', () => {
  it('is executed, and a query shows it', async () => {
    const bench = benchWith('lostReply');
    const order = bench.order('SOL-PERP', 'sell', '1', { id: 'a' });

    expect(await bench.venue.place(order)).toEqual({ kind: 'noReply', cause: 'the connection dropped' });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
    expect(await bench.venue.query('a')).toEqual({
      kind: 'report',
      report: {
        clientOrderId: 'a',
        status: 'filled',
        filled: parseBase('1'),
        quote: 99_900_000n,
        fee: 0n,
      },
    });
    bench.expectBooksToAgree();
  });

  it('is not executed twice when it is sent again', async () => {
    const bench = benchWith('lostReply');
    const order = bench.order('SOL-PERP', 'sell', '1');
    await bench.venue.place(order);

    expect(await bench.send(order)).toMatchObject({ status: 'filled', filled: parseBase('1') });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
  });

  it('may just as well have been refused', async () => {
    const bench = benchWith('lostReply');
    await bench.venue.place(bench.order('SOL-PERP', 'sell', '0.0001', { id: 'a' }));

    expect(await bench.venue.query('a')).toMatchObject({
      report: { status: 'rejected', rejection: { code: 'INVALID_SIZE' } },
    });
  });
});

describe('an order that fills in part', () => {
  it.each([
    ['2', '1', 'partiallyFilled'],
    ['0.005', '0.002', 'partiallyFilled'],
    ['0.002', '0.001', 'partiallyFilled'],
    ['0.001', '0.001', 'filled'],
  ])('of %s SOL gets half in whole lots, at least one: %s', async (size, half, status) => {
    const bench = benchWith('partialFill');

    expect(await bench.sell('SOL-PERP', size)).toMatchObject({ status, filled: parseBase(half) });
    expect(bench.held('SOL-PERP')).toBe(-parseBase(half));
    bench.pass(3_600_000);
    expect(bench.held('SOL-PERP')).toBe(-parseBase(half));
  });

  it('gets half of what a reduce-only order may reduce', async () => {
    const bench = new PaperBench({ cash: '1000', perps: [{ size: '-4' }], settings: FREE });
    bench.venue.faults.arm('partialFill', 1);

    expect(await bench.buy('SOL-PERP', '10', { reduceOnly: true })).toMatchObject({
      status: 'partiallyFilled',
      filled: parseBase('2'),
    });
  });
});

describe('an order that is rejected', () => {
  it('is refused in simulation and does nothing', async () => {
    const bench = benchWith('reject');

    expect(await bench.sell('SOL-PERP', '1', { id: 'a' })).toEqual({
      clientOrderId: 'a',
      status: 'rejected',
      filled: 0n,
      quote: 0n,
      fee: 0n,
      rejection: { code: 'SIMULATION_FAILED', message: 'The venue refused the order in simulation.' },
    });
    expect(await bench.venue.query('a')).toMatchObject({ report: { status: 'rejected' } });
    expect(bench.events()).toEqual([]);
  });
});

describe('a stale oracle', () => {
  it('is shown to one preflight, older than any order may rest on, and spares the orders', async () => {
    const bench = benchWith('staleOracle');

    const { quote } = await bench.venue.preflight('SOL-PERP');
    expect(bench.now - quote.oracleTime).toBe(30_001);
    expect(await bench.sell('SOL-PERP', '1')).toMatchObject({ status: 'filled' });
    expect((await bench.venue.preflight('SOL-PERP')).quote.oracleTime).toBe(bench.now);
  });
});

describe('a preflight', () => {
  it('shows quote, depth and latency as they are', async () => {
    const bench = new PaperBench({ settings: { latencyMs: '501' } });
    bench.feed.setMark('SOL-PERP', '101');
    bench.feed.setDepth('SOL-PERP', [['0.001', '7']]);

    expect(await bench.venue.preflight('SOL-PERP')).toEqual({
      quote: { oracle: 100_000_000_000n, oracleTime: bench.now, mark: 101_000_000_000n },
      depth: [{ offset: 1_000_000_000n, size: parseBase('7') }],
      latencyMs: 501,
    });
    await expect(bench.venue.preflight('DOGE-PERP')).rejects.toMatchObject({ code: 'UNKNOWN_MARKET' });
    expect(bench.venue.quote('SOL-PERP').mark).toBe(101_000_000_000n);
  });
});

describe('the fault switches', () => {
  it('hit the next orders in the order in which they were armed, each as often as was said', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    bench.venue.faults.arm('reject', 2);
    bench.venue.faults.arm('staleOracle', 1);
    bench.venue.faults.arm('partialFill', 1);

    const reports = [];
    for (let i = 0; i < 4; i += 1) reports.push(await bench.sell('SOL-PERP', '2'));
    expect(reports.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'partiallyFilled',
      'filled',
    ]);
  });

  it('are kept apart for orders and oracles', () => {
    const switches = new FaultSwitches();
    switches.arm('staleOracle', 2);
    switches.arm('timeout', 1);

    expect([switches.takeStaleOracle(), switches.nextForOrder(), switches.nextForOrder()]).toEqual([
      true,
      'timeout',
      undefined,
    ]);
    expect([switches.takeStaleOracle(), switches.takeStaleOracle()]).toEqual([true, false]);
    switches.arm('timeout', 1);
    switches.arm('staleOracle', 1);
    expect([switches.takeStaleOracle(), switches.nextForOrder()]).toEqual([true, 'timeout']);
  });

  it('are all that a script may name', () => {
    expect(FAULTS.toSorted()).toEqual([
      'lateFill',
      'lostReply',
      'partialFill',
      'reject',
      'staleOracle',
      'timeout',
    ]);
  });

  it('survive being saved', () => {
    const switches = new FaultSwitches();
    for (const fault of FAULTS) switches.arm(fault, 1);
    const restored = new FaultSwitches();
    restored.restore(switches.save());

    const hits = FAULTS.slice(1).map(() => restored.nextForOrder());
    expect(hits).toEqual(FAULTS.filter((fault) => fault !== 'staleOracle'));
    expect(restored.takeStaleOracle()).toBe(true);
    expect(restored.save()).toEqual([]);
  });
});
