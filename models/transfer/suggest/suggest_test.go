package suggest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// words is what the rules propose for a text in one language, as “strength: words”.
func words(lang models.Lang, text string) []string {
	all := []string{}
	for _, f := range Paragraph(map[models.Lang]string{lang: text}) {
		all = append(all, f.Strength+": "+f.Words[lang].Of(text))
	}
	return all
}

func TestEnglish(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"the_passage_begins_at_the_verb": {"We also reaffirmed the need for secure ports.", []string{"reaffirm: reaffirmed the need for secure ports"}},
		"two_verbs_are_two_passages":     {"We welcome the report and urge others to read it.", []string{"welcome: welcome the report", "urge: urge others to read it"}},
		"listed_verbs_are_passages": {"We will establish a desk by 2026, publish guidance and hold two exercises.",
			[]string{"will: will establish a desk by 2026", "will: publish guidance", "will: hold two exercises"}},
		"a_purpose_is_no_passage": {"We will work with partners to deliver aid and strengthen trust.", []string{"will: will work with partners to deliver aid and strengthen trust"}},
		"what_is_included_is_listed": {"We reaffirmed our support for the Plan, including through work on mines, ports and rail.",
			[]string{"reaffirm: reaffirmed our support for the Plan", "reaffirm: mines", "reaffirm: ports", "reaffirm: rail"}},
		"areas_stand_for_their_general_word": {"We discussed areas of cooperation such as mines, ports and rail.", []string{"discuss: mines", "discuss: ports", "discuss: rail"}},
		"nouns_with_heads_are_listed": {"We discussed the safety of mines; the use of ports; and the cost of rail.",
			[]string{"discuss: discussed the safety of mines", "discuss: the use of ports", "discuss: the cost of rail"}},
		"an_aside_ends_the_passage":      {"We are concerned about attacks, which have grown.", []string{"express_concern: are concerned about attacks"}},
		"an_apposition_is_passed_over":   {"We, the Ministers of Health, meeting in Asterby, commit to share data.", []string{"commit: commit to share data"}},
		"the_passive_binds_nobody":       {"The plan was welcomed by industry. The plan, supported by banks, is good.", []string{}},
		"a_participle_binds_nobody":      {"We welcome the plan, supported by banks.", []string{"welcome: welcome the plan, supported by banks"}},
		"others_bind_nobody":             {"The report recommends that members review their rules, and states that ports agree to pay.", []string{}},
		"history_binds_nobody_again":     {"At our second meeting in 2022 we agreed to establish a programme. As agreed in 2021, it was made public.", []string{}},
		"thanks_and_attendance_are_left": {"We met in Asterby. We thank our hosts and express our gratitude to the chair.", []string{}},
		"no_agreement_is_left":           {"We did not agree on a budget. No decision was taken.", []string{}},
		"they_are_those_who_spoke":       {"Participants met. They agreed to meet again.", []string{"agree: agreed to meet again"}},
		"the_secretariat_acts":           {"The secretariat will circulate a draft by June. This will help.", []string{"will: will circulate a draft by June"}},
		"the_next_meeting_is_promised":   {"The next meeting will be held in Varenby in 2026.", []string{"will: will be held in Varenby in 2026"}},
		"an_abbreviation_ends_nothing":   {"We agreed with Dr. Lane and Lt. Gen. Roe to open a centre.", []string{"agree: agreed with Dr. Lane and Lt. Gen. Roe to open a centre"}},
		"lettered_items_are_passages": {"Ministers further agreed: (a) to establish a group; and (b) to exchange lists by June 2025.",
			[]string{"agree: to establish a group", "agree: to exchange lists by June 2025"}},
		"members_of_a_group_act": {"The members of the Forum will publish a template. We agree.", []string{"will: will publish a template"}},
		"it_was_agreed":          {"It was agreed to set up a fund. The report says that a fund will be created.", []string{"agree: It was agreed to set up a fund"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := words(models.English, c.text); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestJapanese(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"the_passage_is_object_and_verb": {"我々はまた、安全な港湾の必要性を再確認した。", []string{"reaffirm: 安全な港湾の必要性を再確認した"}},
		"a_chain_is_two_passages":        {"我々は、国際法の適用を再確認し、深刻な懸念を表明した。", []string{"reaffirm: 国際法の適用を再確認し", "express_concern: 深刻な懸念を表明した"}},
		"polite_forms_bind":              {"参加者は、進展を歓迎しました。また、対話を継続する意向です。", []string{"welcome: 進展を歓迎しました", "intend: 対話を継続する意向です"}},
		"listed_verbs_are_passages":      {"我々は、窓口を設置し、指針を公表し、訓練を実施する。", []string{"will: 窓口を設置し", "will: 指針を公表し", "will: 訓練を実施する"}},
		"listed_things_are_passages":     {"双方は、窓口を設けること、及び訓練を行うことで一致した。", []string{"agree: 窓口を設けること", "agree: 訓練を行うことで一致した"}},
		"areas_stand_for_their_general_word": {"我々は、鉱山、港湾及び鉄道といった分野における協力について議論した。",
			[]string{"discuss: 鉱山", "discuss: 港湾", "discuss: 鉄道"}},
		"what_is_included_is_listed": {"閣僚は、鉱山、港湾及び鉄道に関する取組を含む計画への支持を再確認した。",
			[]string{"reaffirm: 鉱山", "reaffirm: 港湾", "reaffirm: 鉄道", "reaffirm: 計画への支持を再確認した"}},
		"a_verb_before_a_noun_describes": {"2021年に合意した枠組みは、産業界に歓迎された。", []string{}},
		"history_binds_nobody_again":     {"2022年の第2回会合において、我々は、計画を創設することで合意した。", []string{}},
		"a_preamble_binds_nobody":        {"需要が増えることを認識し、閣僚は、決意を再確認した。", []string{"reaffirm: 決意を再確認した"}},
		"thanks_and_attendance_are_left": {"我々は、東京で開催された会合に出席した。我々は、開催国に感謝する。", []string{}},
		"no_agreement_is_left":           {"閣僚は、罰則については合意しなかった。", []string{}},
		"others_bind_nobody":             {"報告書は、規則を見直すことを求めている。この枠組みは、地域を支援する。", []string{}},
		"the_secretariat_acts":           {"事務局は、6月30日までに案を回付します。", []string{"will: 6月30日までに案を回付します"}},
		"the_next_meeting_is_promised":   {"次回会合は、2026年にリマで開催される予定である。", []string{"will: 2026年にリマで開催される予定である"}},
		"going_on_is_promised":           {"我々は、国々と協働し続けていく。", []string{"will: 国々と協働し続けていく"}},
		"confirming_work_is_agreeing":    {"両国は、協力を一層進めていくことを確認した。", []string{"agree: 協力を一層進めていくことを確認した"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := words(models.Japanese, c.text); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestReadings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang                                            models.Lang
		text, typ, verb, actor, addressee, due, measure string
	}{
		{models.English, "Ministers will hold a workshop with Pacific island countries by the end of 2026.", "action", "will", "Ministers", "Pacific island countries", "by the end of 2026", "a workshop"},
		{models.English, "We urge all flag states to ratify the agreement.", "position", "urge", "We", "all flag states", "", ""},
		{models.English, "Both sides agreed to conduct three exercises before our next meeting.", "action", "agreed to", "Both sides", "", "before our next meeting", "three exercises"},
		{models.English, "We agreed to hold a joint exercise every year.", "standing", "agreed to", "We", "", "", "a joint exercise"},
		{models.English, "We welcome the progress that was made.", "assessment", "welcome", "We", "", "", ""},
		{models.Japanese, "我々は、次回会合までに3回の訓練を実施する。", "action", "する", "我々", "", "次回会合までに", "3回の訓練"},
		{models.Japanese, "閣僚は、全ての旗国に対し、協定を批准するよう促した。", "position", "促した", "閣僚", "全ての旗国", "", ""},
		{models.Japanese, "双方は、2025年までに窓口を設置することで一致した。", "action", "で一致した", "双方", "", "2025年までに", "窓口"},
	} {
		found := Paragraph(map[models.Lang]string{c.lang: c.text})
		if len(found) != 1 {
			t.Errorf("%s: %d passages; want one", c.text, len(found))
			continue
		}
		f := found[0]
		got := []string{f.Type, f.Verb, f.Actor, f.Addressee, f.Due, f.Measure}
		if want := []string{c.typ, c.verb, c.actor, c.addressee, c.due, c.measure}; !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, want)
		}
		if f.Trackable != (c.typ == "action" || c.typ == "standing") {
			t.Errorf("%s: trackable %v", c.text, f.Trackable)
		}
		if f.Score <= 0 || f.Score >= 1 {
			t.Errorf("%s: score %v; want a share", c.text, f.Score)
		}
	}
}

func TestLanguagesArePaired(t *testing.T) {
	t.Parallel()
	texts := map[models.Lang]string{
		models.English:  "We welcomed the report. We agreed to open a desk and to hold talks.",
		models.Japanese: "我々は、懸念を表明した。我々は、窓口を開設すること、及び対話を行うことで一致した。",
	}
	var got []string
	for _, f := range Paragraph(texts) {
		got = append(got, f.Strength+"|"+f.Words[models.English].Of(texts[models.English])+"|"+f.Words[models.Japanese].Of(texts[models.Japanese]))
	}
	want := []string{"welcome|welcomed the report|", "express_concern||懸念を表明した", "agree|agreed to open a desk|窓口を開設すること", "agree|to hold talks|対話を行うことで一致した"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	kin := map[models.Lang]string{models.English: "We agreed to open a desk.", models.Japanese: "我々は、窓口を開設する。"}
	if found := Paragraph(kin); len(found) != 1 || len(found[0].Words) != 2 || found[0].Strength != "agree" {
		t.Errorf("strengths that are kin: %+v", found)
	}
	if other := Paragraph(map[models.Lang]string{"fr": "Nous nous engageons."}); len(other) != 0 {
		t.Errorf("a language without rules: %v", other)
	}
}

// sound finds what no text may bring about: places outside the text, inside a character or empty, or codes that are none.
func sound(texts map[models.Lang]string) error {
	for _, f := range Paragraph(texts) {
		if len(f.Words) == 0 || !slices.Contains(models.Strengths, f.Strength) || !slices.Contains(models.SuggestionTypes, f.Type) {
			return fmt.Errorf("%+v", f)
		}
		for lang, at := range f.Words {
			text := texts[lang]
			if at.Of(text) == "" {
				return fmt.Errorf("%s: the place %v is none in %q", lang, at, text)
			}
			if !utf8.RuneStart(text[at.From]) && utf8.ValidString(text) || at.To < len(text) && !utf8.RuneStart(text[at.To]) && utf8.ValidString(text) {
				return fmt.Errorf("%s: the place %v cuts a character of %q", lang, at, text)
			}
		}
	}
	return nil
}

func FuzzParagraph(f *testing.F) {
	set, err := MarkedSet()
	if err != nil {
		f.Fatal(err)
	}
	for _, m := range set {
		for _, p := range m.Paragraphs {
			f.Add(p.Texts[models.English], p.Texts[models.Japanese])
		}
	}
	f.Add("We \xff agreed to — (a) \xe3\x81", "我々は、\xe3を歓迎した。は、は、")
	f.Fuzz(func(t *testing.T, en, ja string) {
		if err := sound(map[models.Lang]string{models.English: en, models.Japanese: ja}); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkParagraph goes through statements of many pages, three paragraphs a page; the time a page should not grow.
func BenchmarkParagraph(b *testing.B) {
	set, err := MarkedSet()
	if err != nil {
		b.Fatal(err)
	}
	var all []map[models.Lang]string
	for _, m := range set {
		for _, p := range m.Paragraphs {
			all = append(all, p.Texts)
		}
	}
	for _, pages := range []int{50, 100, 200} {
		b.Run(fmt.Sprintf("%d_pages", pages), func(b *testing.B) {
			for b.Loop() {
				for i := range 3 * pages {
					Paragraph(all[i%len(all)])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*pages), "µs/page")
		})
	}
	for _, pages := range []int{50, 100, 200} {
		long := map[models.Lang]string{}
		for i := range 3 * pages {
			for lang, text := range all[i%len(all)] {
				long[lang] += strings.NewReplacer(".", ",", "。", "、").Replace(text) + " "
			}
		}
		b.Run(fmt.Sprintf("one_sentence_of_%d_pages", pages), func(b *testing.B) {
			for b.Loop() {
				Paragraph(long)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*pages), "µs/page")
		})
	}
}
