// The acceptance points, and where each is proven. A point is passed when every test named here ran and passed:
//   browser  'file: beginning of the title' of a test with the tag @point-N, or of a step that names the point
//   go       'package TestName', in the output of go test -v
//   looked   what a person looked at, and when; docs/acceptance.md says more
//   waits    why a point cannot be proven yet; it is never counted as passed
// Letters of the method: A axe, P a script in the browser, C requests, V pictures looked at, U tests of units.

const everyPage = (title) => [`walk.spec.mjs: ${title}`, `desk-pages.spec.mjs: ${title}`];

export const points = [
  {
    number: 1, method: 'A', promise: 'axe finds nothing on any page',
    browser: [...everyPage('axe finds nothing'), 'desk-pages.spec.mjs: what signing in adds to the pages of reading', 'theme.spec.mjs: the dark theme changes colours alone', 'import.spec.mjs: the Tokyo statement goes from paste'],
  },
  {
    number: 2, method: 'P', promise: 'one heading, unique title, landmarks, skip link',
    browser: everyPage('one heading, landmarks'), go: ['handlers TestTitlesTellPagesApart', 'handlers TestCrawlFindsNoDeadEnd'],
  },
  {
    number: 3, method: 'P', promise: 'reading, sign-in and the round work without scripts',
    browser: ['walk.spec.mjs: every page in en', 'walk.spec.mjs: every page in ja', 'walk.spec.mjs: a reader finds', 'reader.spec.mjs: the numbers lead', 'matrix.spec.mjs: the matrix shows', 'keys.spec.mjs: a reader searches', 'import.spec.mjs: two pasted texts', 'marks.spec.mjs: words are marked'],
    go: ['handlers TestRoundWithoutScripts', 'handlers TestRecordIsKeptByFormsAlone'],
  },
  { number: 4, method: 'P', promise: 'everything is reached by keyboard, in order, with no trap', browser: [...everyPage('Tab stops at everything'), 'matrix.spec.mjs: arrow keys walk'] },
  { number: 5, method: 'P', promise: 'the focus ring is seen and never covered', browser: [...everyPage('the ring is seen'), 'matrix.spec.mjs: arrow keys walk'] },
  { number: 6, method: 'P', promise: 'every status is a glyph and a word', browser: everyPage('every status has its glyph'), go: ['frontend TestPagesHoldTogether'] },
  { number: 7, method: 'U', promise: 'the palette has its contrasts, for colour-blind eyes too', go: ['frontend TestPalette'] },
  { number: 8, method: 'VU', promise: 'statuses differ on grey paper', browser: ['theme.spec.mjs: on grey paper'], go: ['frontend TestPatternsStandForEveryStatus'] },
  {
    number: 9, method: 'PC', promise: 'carried, confirmed and changed look and read differently',
    browser: ['desk.spec.mjs: a published round shows'], go: ['frontend TestSignsSayHowAStatusGotThere', 'models/store TestPublishingARound'],
  },
  { number: 10, method: 'U', promise: 'carried is never counted as reviewed', browser: ['desk.spec.mjs: a published round shows'], go: ['models/store TestPublishingARound', 'models/store TestMeetingSaysWhatItChanged'] },
  { number: 11, method: 'P', promise: 'from a status, its grounds are one click away', browser: ['reading.spec.mjs: from a status'], go: ['handlers TestCrawlFindsNoDeadEnd'] },
  { number: 12, method: 'PC', promise: 'a view of the past shows nothing later, and says so', browser: ['reading.spec.mjs: a view of the past'], go: ['handlers TestNoAnswerSpeaksOfALaterDay', 'handlers TestPagesOfThePast', 'models/store TestPastShowsNothingLater'] },
  { number: 13, method: 'C', promise: 'one address, one view, in every format', go: ['handlers TestEveryStateOfTheFilterIsOneView', 'handlers TestSameRowsInEveryFormat'] },
  { number: 14, method: 'C', promise: 'the count of a facet is the number of rows behind it', go: ['handlers TestEveryStateOfTheFilterIsOneView', 'models/store TestFacetCountsAreTheRowsBehindThem'] },
  { number: 15, method: 'C', promise: 'pages are data too; CSV opens with its Japanese', go: ['handlers TestRepresentationMatrix', 'handlers TestCrawlFindsNoDeadEnd', 'handlers/represent TestCSVRoundTrip', 'handlers TestWorkbookTypesItsCells'] },
  { number: 16, method: 'P', promise: 'each run has its language; the link keeps the view', browser: [...everyPage('every run of the other language'), 'walk.spec.mjs: a reader finds'] },
  { number: 17, method: 'P', promise: 'what is not translated is shown and labelled', browser: ['gaps.spec.mjs: a text in one language'], go: ['frontend TestMissingWordsAreLabelled', 'frontend TestNothingIsLeftBlank', 'frontend TestReaderSaysThatAParagraphHasNoTextInALanguage'] },
  { number: 18, method: 'P', promise: 'paired texts share their lines, and break as Japanese does', browser: ['reader.spec.mjs: texts of one paragraph', 'reader.spec.mjs: no Japanese line'] },
  { number: 19, method: 'P', promise: 'no text under 14 px; room between lines; the measure', browser: [...everyPage('no text under 14 px'), 'reader.spec.mjs: the columns of the reader'] },
  { number: 20, method: 'P', promise: 'nothing is wider than 320 px, or 400 %', browser: everyPage('nothing is wider') },
  { number: 21, method: 'PV', promise: 'wide spacing and double text cut nothing off', browser: [...everyPage('wide spacing'), ...everyPage('text of double size')] },
  { number: 22, method: 'P', promise: 'targets are 24 px or apart, primary ones 44 px', browser: [...everyPage('primary controls'), ...everyPage('targets are 24 px')] },
  { number: 23, method: 'P', promise: 'a round by keyboard: 2 presses, 6 with evidence', browser: ['desk.spec.mjs: a round is walked by keyboard'] },
  { number: 24, method: 'P', promise: 'a round goes on where it was left, on another machine', browser: ['desk.spec.mjs: a round is walked by keyboard'] },
  { number: 25, method: 'PC', promise: 'publishing names what nobody looked at, and asks', browser: ['desk.spec.mjs: a published round shows'], go: ['handlers TestRoundWithoutScripts', 'models/store TestPublishingARound'] },
  { number: 26, method: 'P', promise: 'the second of two savers sees both, and loses nothing', browser: ['desk.spec.mjs: what was typed comes back'], go: ['handlers TestLaterEditorSeesBothVersions', 'models/store TestTwoAnalystsDoNotOverwriteAnItem', 'handlers TestOfTwoChangesOfOneVersionOneIsMade'] },
  { number: 27, method: 'P', promise: 'a form is back byte for byte after the session ended', browser: ['desk.spec.mjs: what was typed comes back'], go: ['handlers TestFormIsGivenBackAfterTheSession'] },
  { number: 28, method: 'P', promise: 'a form sent twice changes once', browser: ['forms.spec.mjs: a double click'], go: ['handlers TestAChangeSentAgainIsMadeOnce', 'handlers TestEditsSentAgain'] },
  { number: 29, method: 'PC', promise: 'undo restores what stood, and says so in the history', browser: ['desk.spec.mjs: g and r leave'], go: ['models/store TestUndoBringsBackWhatStoodBefore'] },
  { number: 30, method: 'P', promise: 'a refused form keeps all, and leads to its faults', browser: ['forms.spec.mjs: a refused form'], go: ['handlers TestBadFormComesBackWithEverythingTyped', 'handlers TestSummaryOfErrorsFitsItsForm'] },
  { number: 31, method: 'PU', promise: 'a statement goes from paste to publication in 5 steps', browser: ['import.spec.mjs: the Tokyo statement goes from paste'], go: ['models/store TestTextIsKeptByteForByte', 'handlers TestTextsAreKeptByteForByte', 'models/transfer/align TestTokyoStatement', 'handlers TestStatementIsBroughtInByFormsAlone'] },
  { number: 32, method: 'UP', promise: 'marks stay on their words, or are flagged', browser: ['marks.spec.mjs: a sentence put before'], go: ['models TestMarkStaysOnItsWords', 'models TestMarkFollowsACorrection', 'models/store TestCorrectedTextKeepsItsMarks'] },
  { number: 33, method: 'C', promise: 'search finds short and variant words on both engines', go: ['models/store TestSearchFindsWordsInAnyWriting', 'models/store TestEnginesFindTheSame', 'models/store TestFreeTextIsLiteralAndFolded', 'handlers TestOddBytesAreTheSameOnBothEngines'] },
  { number: 34, method: 'UP', promise: 'a comparison turns one text into the other, in any colour', browser: ['marks.spec.mjs: what a correction took out'], go: ['models/wording TestPiecesTurnOneTextIntoTheOther', 'models/wording TestComparisonsHold', 'handlers TestComparisonAsDataMakesBothTexts'] },
  {
    number: 35, method: 'PVU', promise: 'the briefing prints whole, and a frozen copy stays',
    browser: ['briefing.spec.mjs: a briefing is composed', 'briefing.spec.mjs: prints on', 'briefing.spec.mjs: the single file'], go: ['handlers TestFrozenBriefingNeverChanges', 'models/store TestBriefingsAreKeptByteForByte', 'models/store TestFrozenBriefingsAreAppendOnly'],
    looked: 'English and Japanese on A4, both languages on Letter, 2026-11-23',
  },
  { number: 36, method: 'P', promise: 'single keys can be switched off; none fires while typing', browser: ['keys.spec.mjs: / is left alone', 'keys.spec.mjs: ? and g with a letter are left alone', 'keys.spec.mjs: no key of the reader', 'keys.spec.mjs: no key of the matrix', 'shortcuts.spec.mjs: a reader without', 'shortcuts.spec.mjs: the list is a page', 'shortcuts.spec.mjs: Ctrl+Enter', 'desk-keys.spec.mjs: the keys of a round', 'desk-keys.spec.mjs: an account switches'], go: ['handlers TestSingleKeysCanBeSwitchedOff'] },
  { number: 37, method: 'P', promise: 'first views are light; nothing from elsewhere; no inline', browser: ['weight.spec.mjs: '], go: ['handlers TestMatrixOf60By12StaysLight', 'handlers TestHeadersOnEveryAnswer'] },
  { number: 38, method: 'load', promise: 'answers are fast with 500 initiatives', go: ['handlers TestAnswersAreFastWith500Initiatives'] },
  { number: 39, method: 'PC', promise: 'errors and empty views say what, whether safe, what next', browser: ['failures.spec.mjs: '], go: ['handlers TestFaultsInEveryLayerLeaveAPage', 'handlers TestRemovedRecordsSayWhatWhenAndWhy', 'handlers TestEmptyRecordAnswersEverywhere', 'handlers TestRefusalsSayWhatIsNeeded'] },
  { number: 40, method: 'PV', promise: 'less motion, forced colours, dark and paper lose nothing', browser: [...everyPage('nothing moves'), ...everyPage('every status is seen on paper'), 'theme.spec.mjs: the dark theme'] },
];
