import { call, close, onResources, open, quit, type Truth } from '../../skeleton/truth.ts';

export const truth: Truth = {
  about: 'a member that owns an object gets another one, and the first is never released',
  case: 'B',
  signals: ['R4'],
  personalities: { TicketPrinter: onResources('TicketPrinter', { IOUserClientClass: 'TicketPrinterUserClient' }) },
  happens: [open('TicketPrinter'), call(0, [32]), call(1, [30]), call(0, [48]), call(0, [0]), close(), quit()],
  unload: 'refused',
  classes: [
    {
      class: 'TicketForm',
      takenAt: ['form = TicketForm::withColumns(40)', 'wanted = TicketForm::withColumns(columns)'],
      verdict: 'leaked',
      instances: 2,
    },
  ],
  faults: ['form = wanted'],
};
