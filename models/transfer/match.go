package transfer

import (
	"cmp"
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/wording"
)

// What is offered: at most this many candidates, none of which shares less.
const (
	maxCandidates = 5
	leastAlike    = 0.15
)

// Weights of what a mark is compared with. A summary speaks of more than the promise, and so does the paragraph that
// stands in for a language in which the mark has no words of its own.
const (
	summaryWeight   = 0.7
	paragraphWeight = 0.6
)

// sameWords is how much two wordings share when one repeats the other.
const sameWords = 0.95

// wordsOf is a wording in one language, prepared for comparing.
type wordsOf struct {
	lang    models.Lang
	text    string
	weight  float64
	profile wording.Profile
}

func prepare(l models.Lang, text string, weight float64) wordsOf {
	return wordsOf{l, text, weight, wording.Prepare(l, text)}
}

// Propose compares the accepted marks of a draft with the initiatives of the record and with the commitments of the
// previous statement, by the number of each mark. A mark that has no words in the language of what it is compared with
// is represented by its paragraph in that language. What is alike is shown in the language of the reader where both
// sides have words in it, otherwise, or without one, in the language in which they are most alike.
func Propose(ctx context.Context, d models.Draft, initiatives []models.InitiativeWords, reader models.Lang) (map[int]models.Proposal, error) {
	all := map[int]models.Proposal{}
	known := make([][]wordsOf, len(initiatives))
	for n, i := range initiatives {
		known[n] = wordsOfInitiative(i)
	}
	earlier := make([][]wordsOf, len(d.Earlier))
	for n, c := range d.Earlier {
		for l, w := range c.Words {
			earlier[n] = append(earlier[n], prepare(l, w.Exact, 1))
		}
	}
	for _, m := range d.Accepted() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		own := wordsOfMark(d, m)
		var p models.Proposal
		p.Initiatives = best(own, known, reader, func(n int) models.Candidate {
			return models.Candidate{Ref: initiatives[n].Ref, Title: initiatives[n].Title}
		})
		p.Earlier = best(own, earlier, reader, func(n int) models.Candidate { return models.Candidate{Ref: d.Earlier[n].Code} })
		for i := range p.Earlier {
			c := &p.Earlier[i]
			at := slices.IndexFunc(d.Earlier, func(e models.Commitment) bool { return e.Code == c.Ref })
			c.Relation = relation(d.Earlier[at].Strength, m.Strength, c.Score)
		}
		for _, list := range [][]models.Candidate{p.Initiatives, p.Earlier} {
			if err := explain(ctx, own, list); err != nil {
				return nil, err
			}
		}
		all[m.ID] = p
	}
	return all, nil
}

func wordsOfInitiative(i models.InitiativeWords) []wordsOf {
	var all []wordsOf
	for _, l := range models.Langs {
		if t := i.Title.Only(l); t != "" {
			all = append(all, prepare(l, t, 1))
		}
		if t := i.Summary.Only(l); t != "" {
			all = append(all, prepare(l, t, summaryWeight))
		}
	}
	for l, some := range i.Words {
		for _, t := range some {
			all = append(all, prepare(l, t, 1))
		}
	}
	return all
}

// wordsOfMark is the words of a mark in every language of its row.
func wordsOfMark(d models.Draft, m models.DraftMark) []wordsOf {
	var all []wordsOf
	row := d.RowOfMark(m)
	for _, l := range d.Langs() {
		if at, ok := m.Words[l]; ok {
			all = append(all, prepare(l, at.Of(d.Text(l)), 1))
		} else if row >= 0 && d.Words(row, l) != "" {
			all = append(all, prepare(l, d.Words(row, l), paragraphWeight))
		}
	}
	return all
}

// best finds what a mark resembles most, each by the wording that is most alike.
func best(own []wordsOf, known [][]wordsOf, reader models.Lang, candidate func(n int) models.Candidate) []models.Candidate {
	all := []models.Candidate{}
	for n, words := range known {
		c := candidate(n)
		read, inReader := "", 0.0
		for _, w := range words {
			for _, o := range own {
				if o.lang != w.lang {
					continue
				}
				s := o.profile.Alike(w.profile) * o.weight * w.weight
				if s > c.Score {
					c.Score, c.Lang, c.Words = s, w.lang, w.text
				}
				if w.lang == reader && o.weight == 1 && s > inReader {
					read, inReader = w.text, s
				}
			}
		}
		if read != "" {
			c.Lang, c.Words = reader, read
		}
		if c.Score >= leastAlike {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b models.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return all[:min(len(all), maxCandidates)]
}

// relation is what the words and verbs of two commitments suggest: the same words are repeated, a stronger verb goes
// further, anything else is said in other words.
func relation(was, is string, score float64) string {
	before, now := slices.Index(models.Strengths, was), slices.Index(models.Strengths, is)
	switch {
	case before >= 0 && now >= 0 && now < before:
		return "advanced"
	case score >= sameWords:
		return "reaffirmed"
	}
	return "reworded"
}

// explain adds to candidates what the words share and what differs.
func explain(ctx context.Context, own []wordsOf, list []models.Candidate) error {
	for i := range list {
		c := &list[i]
		at := slices.IndexFunc(own, func(o wordsOf) bool { return o.lang == c.Lang })
		_, c.Shared = wording.Alike(c.Lang, c.Words, own[at].text)
		pieces, err := wording.Diff(ctx, c.Lang, c.Words, own[at].text)
		if err != nil {
			return err
		}
		c.Pieces = pieces
	}
	return nil
}
