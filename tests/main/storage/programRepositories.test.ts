import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { AnswerRepository } from '../../../src/main/storage/answerRepository.ts';
import { EngineRepository } from '../../../src/main/storage/engineRepository.ts';
import { EventRepository } from '../../../src/main/storage/eventRepository.ts';
import { SettingsRepository } from '../../../src/main/storage/settingsRepository.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { NOW, opened, refusal, scratchFolder } from './fixtures/scratch.ts';
import { VAULT } from './fixtures/steps.ts';

const BEGUN = { id: 'one', command: 'DRIFT_DEPOSIT', payloadHash: 'abc', begunT: NOW } as const;

/** A database, and another reader of the same file. */
function shared() {
  const file = path.join(scratchFolder(), 'program.sqlite');
  const db = opened(file);
  return { db, reader: () => opened(file) };
}

describe('the answers', () => {
  it('know a command from when it was begun, and its answer from when it was finished, durably', () => {
    const { db, reader } = shared();
    const answers = new AnswerRepository(db);
    expect(answers.find('one')).toBeUndefined();
    answers.begin(BEGUN);
    expect(new AnswerRepository(reader()).find('one')).toEqual({ ...BEGUN, answer: null });
    answers.finish('one', 'done');
    expect(new AnswerRepository(reader()).find('one')).toEqual({ ...BEGUN, answer: 'done' });
  });

  it('never lose an answer to the same command begun again', () => {
    const answers = new AnswerRepository(opened());
    answers.begin(BEGUN);
    answers.finish('one', 'done');
    answers.begin(BEGUN);
    expect(answers.find('one')?.answer).toBe('done');
  });

  it('taken over from another database complete what is there, and take nothing away', () => {
    const answers = new AnswerRepository(opened());
    answers.begin(BEGUN);
    answers.begin({ ...BEGUN, id: 'two' });
    answers.finish('two', 'kept');
    answers.keep([
      { ...BEGUN, answer: 'since' },
      { ...BEGUN, id: 'two', answer: null },
      { ...BEGUN, id: 'three', answer: null },
    ]);
    expect(answers.all().map(({ id, answer }) => [id, answer])).toEqual([
      ['one', 'since'],
      ['three', null],
      ['two', 'kept'],
    ]);
  });

  it('are not begun inside another transaction, where they would not be durable', () => {
    const db = opened();
    const answers = new AnswerRepository(db);
    expect(
      refusal(() => {
        db.transaction(() => {
          answers.begin(BEGUN);
        })();
      }).code,
    ).toBe('INTERNAL');
  });
});

describe('the settings', () => {
  it('are at revision 0 before the first change, and the last that was put after it', () => {
    const { db, reader } = shared();
    const settings = new SettingsRepository(db);
    expect(settings.load()).toEqual({ revision: 0, overrides: {} });
    for (const revision of [1, 2]) settings.put({ revision, overrides: { a: `${revision}` } }, NOW);
    expect(new SettingsRepository(reader()).load()).toEqual({ revision: 2, overrides: { a: '2' } });
  });
});

describe('whether an engine is to run', () => {
  it('is not known before its first start, and then as it was last said, for each vault', () => {
    const { db, reader } = shared();
    const vaults = new VaultRepository(db);
    const [one, two] = [0, 1].map((subAccount) => vaults.findOrCreate({ ...VAULT, subAccount }, NOW));
    const engines = new EngineRepository(db);
    expect(engines.load(one ?? 0)).toBeUndefined();
    engines.save(one ?? 0, true, NOW);
    expect(engines.load(two ?? 0)).toBeUndefined();
    expect(new EngineRepository(reader()).load(one ?? 0)).toBe(true);
    engines.save(one ?? 0, false, NOW);
    expect(new EngineRepository(reader()).load(one ?? 0)).toBe(false);
  });
});

describe('a page of the event log', () => {
  const lines = ['a 100% sure', 'b_c', 'd\\e', "f'g", 'H"i', 'ordinary'];

  function log() {
    const db = opened();
    const id = new VaultRepository(db).findOrCreate(VAULT, NOW);
    const events = new EventRepository(db);
    for (const [at, line] of lines.entries())
      events.insert(id, { seq: at + 1, t: at, type: at % 2 === 0 ? 'EVEN' : 'ODD', line });
    return {
      page: (filter: Parameters<typeof events.page>[1], limit = 10) => events.page(id, filter, limit),
    };
  }

  it.each([
    ['%', [0]],
    ['_', [1]],
    ['\\', [2]],
    ["'", [3]],
    ['"', [4]],
    ['h"I', [4]],
    ['100%', [0]],
    ['1__%', []],
    ['', [5, 4, 3, 2, 1, 0]],
    ["' OR 1=1 --", []],
  ] as const)('searched for %j holds what has it, and nothing else', (search, wanted) => {
    expect(log().page({ search })).toEqual(wanted.map((at) => lines[at]));
  });

  it('goes back from a number, or on from one, and holds no more than asked for', () => {
    const { page } = log();
    expect(page({ before: 3 })).toEqual([lines[1], lines[0]]);
    expect(page({ after: 3 }, 2)).toEqual([lines[3], lines[4]]);
    expect(page({}, 1)).toEqual([lines[5]]);
    expect([page({ before: 0 }), page({ after: 6 })]).toEqual([[], []]);
  });

  it('of some types holds those alone, also where a type looks like SQL', () => {
    const { page } = log();
    expect(page({ types: ['ODD'] })).toEqual([lines[5], lines[3], lines[1]]);
    expect(page({ types: ['ODD', 'EVEN'] }, 2)).toEqual([lines[5], lines[4]]);
    expect(page({ types: ["') OR 1=1 --"] })).toEqual([]);
  });
});
