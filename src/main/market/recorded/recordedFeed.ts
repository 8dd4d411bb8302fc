export class RecordedFeed {
  constructor(_: any) {
    throw new Error('stub');
  }
}
