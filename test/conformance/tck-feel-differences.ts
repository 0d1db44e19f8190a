// Cases of the DMN TCK where we differ, with the reason; the test holds that no other case does.

export type Difference = { readonly suite: string; readonly reason: string; readonly cases: readonly string[] };

/** FEEL cases that the kit has. */
export const tckFeelTotal = 2_053;

export const tckFeelDifferences: readonly Difference[] = [
  {
    suite: '0050',
    reason: 'Camunda\'s abs also takes its argument as \'number\'',
    cases: ['007'],
  },
  {
    suite: '0057',
    reason: 'a key that comes twice keeps its last value, as in Camunda\'s engine',
    cases: ['008'],
  },
  {
    suite: '0068',
    reason: 'times are compared to the nanosecond, as in Camunda\'s engine; a bare (=10) is the range [10..10]',
    cases: ['time_005', 'datetime_003_a', 'range_010'],
  },
  {
    suite: '0070',
    reason: 'the case names item definitions of its model, which the FEEL line does not carry; null has no type but Null',
    cases: ['number_013', 'string_013', 'list_013', 'list_014', 'list_014_a', 'list_018', 'context_013', 'context_014', 'context_019'],
  },
  {
    suite: '0076',
    reason: 'functions of Java are not supported',
    cases: ['boxed_001', 'incorrect_001', 'incorrect_002', 'incorrect_003', 'literal_001', 'literal_002', 'literal_003', 'literal_004', 'literal_005', 'literal_006', 'literal_007', 'literal_007_a', 'literal_008', 'literal_009', 'literal_010', 'literal_011', 'literal_012', 'varargs_001'],
  },
  {
    suite: '0079',
    reason: 'durations of zero and contexts are written as Camunda\'s string() writes them',
    cases: ['dt_duration_003', 'ym_duration_003', 'context_001', 'context_002', 'context_003', 'context_004', 'context_005', 'context_006', 'context_007'],
  },
  {
    suite: '0082',
    reason: 'the case tests coercion by the types of its model, which the FEEL line does not carry',
    cases: ['decision_001', 'decision_003', 'decision_005', 'decision_006_a', 'decision_007', 'decision_007_a', 'decision_bkm_001', 'decision_bkm_005', 'invoke_001', 'invoke_002', 'invoke_004', 'fd_001', 'fd_002', 'literal_002', 'literal_004', 'literal_005', 'literal_006', 'decisionService_001', 'decisionService_002', 'decisionService_002_b', 'decisionService_002_c', 'decision_context_03'],
  },
  {
    suite: '0084',
    reason: 'the case needs a variable of its model',
    cases: ['decision_014'],
  },
  {
    suite: '0092',
    reason: 'the case calls functions of its model, which the FEEL line does not carry',
    cases: ['001', '002', '003', '004', '005', '006', '007', '008', '009', '010', '010_a', '011', '012', '013', '014', '017', '018'],
  },
  {
    suite: '0098',
    reason: 'the FEEL line runs three expressions together',
    cases: ['date_008'],
  },
  {
    suite: '1111',
    reason: 'character class subtraction and block names of XPath patterns have no counterpart here',
    cases: ['caselessmatch08', 'caselessmatch09', 'caselessmatch10', 'caselessmatch11', 'K2-MatchesFunc-5', 'K2-MatchesFunc-6', 'K2-MatchesFunc-13', 'K2-MatchesFunc-14'],
  },
  {
    suite: '1146',
    reason: 'the case needs a variable of its model; keys are also taken by the name \'key\'',
    cases: ['014', '015', 'nested008', 'nested010', 'nested011'],
  },
];
