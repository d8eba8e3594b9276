package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// alignBody is a step on the paragraphs.
type alignBody struct {
	models.AlignStep
	Step string `json:"step,omitempty" description:"On pages: do, row, lang and at in one, such as split 3 en 120; again pairs all paragraphs anew."`
}

// taken is the step that was pressed, where the buttons of one form differ by their value alone.
func (b alignBody) taken() (models.AlignStep, error) {
	words := strings.Fields(b.Step)
	if len(words) == 0 {
		return b.AlignStep, nil
	}
	s := models.AlignStep{Do: words[0]}
	var err error
	for i, word := range words[1:] {
		switch i {
		case 0:
			s.Row, err = strconv.Atoi(word)
		case 1:
			s.Lang = models.Lang(word)
		case 2:
			s.At, err = strconv.Atoi(word)
		}
		if err != nil {
			return s, models.Invalid(models.Field("step", "error.unknown_value", "value", b.Step))
		}
	}
	return s, nil
}

// pairAgain is the step that pairs all paragraphs anew.
const pairAgain = "again"

// alignImport makes one change of the paragraphs. What the rules suggest is then looked for anew.
func (s *Server) alignImport(c *Call, in refPath, b alignBody) (*Reply, error) {
	step, err := b.taken()
	if err != nil {
		return nil, err
	}
	if step.Do == pairAgain {
		return s.pairImport(c, in)
	}
	err = s.work(c, in.Ref, "align."+step.Do, func(ctx context.Context, d *models.Draft) error {
		before := d.Work.Rows // which Align leaves as they were
		if err := d.Align(step); err != nil {
			return err
		}
		return transfer.SuggestIn(ctx, d, before)
	})
	if err != nil {
		return nil, err
	}
	return s.importReply(c, in.Ref, frontend.RowAddress(in.Ref, models.StepAlign, step.Row), "import.did", "step", s.printer(c).T("import.do_"+step.Do))
}

// work changes a draft by a step. What takes long is done before the record is locked, on the version that was seen; if
// there is another one by then, nothing is changed.
func (s *Server) work(c *Call, ref, step string, change func(ctx context.Context, d *models.Draft) error) error {
	d, err := s.Store.Import(c.Context(), c.Actor, ref)
	if err != nil {
		return err
	}
	version := c.recordVersion()
	var wrong error
	if version == d.Version {
		ctx, cancel := context.WithTimeout(c.Context(), planTime)
		defer cancel()
		if wrong = late(change(ctx, d)); wrong != nil && models.InvalidFields(wrong) == nil {
			return wrong
		}
	}
	return s.Store.StepImport(c.Context(), c.Actor, ref, version, step, func(now *models.Draft) error {
		now.Work = d.Work
		return wrong
	}, c.receipt())
}

// pairImport pairs all paragraphs anew.
func (s *Server) pairImport(c *Call, in refPath) (*Reply, error) {
	d, err := s.Store.Import(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	version, receipt, actor := c.recordVersion(), c.receipt(), c.Actor
	p, err := s.plan(c, in.Ref, models.StepAlign, func(ctx context.Context, tell transfer.Progress) (string, error) {
		if version == d.Version {
			tell("align", 0, 1)
			if err := transfer.Again(ctx, d); err != nil {
				return "", err
			}
			if err := transfer.Suggest(ctx, d); err != nil {
				return "", err
			}
		}
		return in.Ref, s.Store.StepImport(ctx, actor, in.Ref, version, "align."+pairAgain, func(now *models.Draft) error {
			now.Work = d.Work
			return nil
		}, receipt)
	})
	if err != nil {
		return nil, err
	}
	return s.planReply(c, p, "import.did", "step", s.printer(c).T("import.do_"+pairAgain))
}

// markBody is a decision on a mark.
type markBody struct {
	models.MarkStep
	Step string `json:"step,omitempty" description:"On pages: do and id in one, such as accept 3."`
}

// Tidy leaves out the languages in which nothing was marked.
func (b *markBody) Tidy() {
	b.Words = slices.DeleteFunc(b.Words, func(w models.MarkEdit) bool { return strings.TrimSpace(w.Exact) == "" })
	if words := strings.Fields(b.Step); len(words) > 0 {
		b.Do = words[0]
		if len(words) > 1 {
			b.ID, _ = strconv.Atoi(words[1]) // no number names no mark
		}
	}
}

// markImport decides on a suggested passage, or marks one.
func (s *Server) markImport(c *Call, in refPath, b markBody) (*Reply, error) {
	at := 0
	err := s.work(c, in.Ref, "mark."+b.Do, func(_ context.Context, d *models.Draft) error {
		if err := d.Mark(b.MarkStep); err != nil {
			return err
		}
		at = b.next(d)
		return nil
	})
	if err != nil {
		return nil, err
	}
	d, err := s.Store.Import(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	return s.importReply(c, in.Ref, frontend.MarkAddress(*d, at), "import.did", "step", s.printer(c).T("import.do_"+b.Do))
}

// next is the mark to look at after a step: the one it was about, or after a decision the next suggestion.
func (b markBody) next(d *models.Draft) int {
	if b.Do == "add" && len(d.Work.Marks) > 0 {
		newest := 0
		for _, m := range d.Work.Marks {
			newest = max(newest, m.ID)
		}
		return newest
	}
	if b.Do != "accept" && b.Do != "reject" {
		return b.ID
	}
	at := slices.IndexFunc(d.Work.Marks, func(m models.DraftMark) bool { return m.ID == b.ID })
	for i := range d.Work.Marks {
		if m := d.Work.Marks[(at+1+i)%len(d.Work.Marks)]; m.State == models.MarkSuggested {
			return m.ID
		}
	}
	return b.ID
}

// matchBody is what becomes of a mark.
type matchBody struct {
	models.MatchStep
	Choice  string `json:"choice,omitempty" description:"On pages: track, and for continue the first initiative, in one."`
	Follows string `json:"follows,omitempty" description:"On pages: new or earlier."`

	rows map[string][]int
}

// Tidy makes one decision of what a form sends.
func (b *matchBody) Tidy() {
	b.rows = map[string][]int{}
	b.Earlier = keepRows(b.rows, "earlier", b.Earlier, func(e models.LineageLink) bool { return e.Code != "" })
	if b.Follows == "new" {
		b.Earlier = []models.LineageLink{}
	}
	refs := b.Initiatives
	b.Initiatives = []string{}
	words := strings.Fields(b.Choice)
	if len(words) > 0 {
		b.Track = words[0]
		refs = append(slices.Clone(words[1:]), refs...)
	}
	for _, ref := range refs {
		if ref != "" && !slices.Contains(b.Initiatives, ref) {
			b.Initiatives = append(b.Initiatives, ref)
		}
	}
	if b.Track != models.TrackNew {
		b.Initiative = nil
	}
}

// matchImport says what becomes of a mark and leads to the next one without a decision.
func (s *Server) matchImport(c *Call, in refPath, b matchBody) (*Reply, error) {
	err := s.work(c, in.Ref, "match", func(_ context.Context, d *models.Draft) error {
		var unsaid error
		if c.Form != nil && (b.Follows == "earlier" && len(b.Earlier) == 0 || b.Follows == "" && d.EarlierFrom != "") {
			unsaid = models.Invalid(models.Field("earlier", "error.not_compared"))
		}
		return models.Together(d.Match(b.MatchStep), unsaid)
	})
	if err != nil {
		return nil, importBody{rows: b.rows}.inForm(err)
	}
	d, err := s.Store.Import(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	next := frontend.NextToMatch(*d, b.ID)
	if next == 0 {
		return s.importReply(c, in.Ref, importPath+"/"+in.Ref+"/"+models.StepCheck, "import.all_matched")
	}
	return s.importReply(c, in.Ref, fmt.Sprintf("%s/%s/%s?mark=%d#item", importPath, in.Ref, models.StepMatch, next), "import.did_match")
}

func (s *Server) undoImport(c *Call, in refPath, b stepBody) (*Reply, error) {
	if err := s.Store.UndoImport(c.Context(), c.Actor, in.Ref, c.recordVersion()); err != nil {
		return nil, err
	}
	return s.importReply(c, in.Ref, importPath+"/"+in.Ref+"/"+b.backTo(), "import.undone")
}

func (s *Server) discardImport(c *Call, in refPath, _ empty) (*Reply, error) {
	if err := s.Store.DiscardImport(c.Context(), c.Actor, in.Ref, c.recordVersion()); err != nil {
		return nil, err
	}
	return s.done(c, importPath, "import.discarded"), nil
}

// importPublication is the confirmation of a publication.
type importPublication struct {
	Undecided *int  `json:"undecided" description:"How many suggestions have no decision; they become nothing. It must be right, so that nobody leaves out unseen what was forgotten."`
	Again     bool  `json:"again,omitempty" description:"The record holds the same text already, and it is to be published once more."`
	Version   int64 `json:"version,omitempty" description:"Version of the draft that was looked at; If-Match in its place says the same."`
}

// publishImport makes a draft part of the record.
func (s *Server) publishImport(c *Call, in refPath, b importPublication) (*Reply, error) {
	if b.Undecided == nil {
		return nil, models.Invalid(models.Field("undecided", "error.required"))
	}
	version := c.recordVersion()
	if version == 0 {
		version = max(b.Version, 0)
	}
	slug, err := s.Store.PublishImport(c.Context(), c.Actor, in.Ref, models.ImportPublication{Version: version, Undecided: *b.Undecided, Again: b.Again}, c.receipt())
	if err != nil {
		return nil, err
	}
	if c.Format != represent.HTML {
		return s.importReply(c, in.Ref, "", "")
	}
	published, err := s.Store.Statement(c.Context(), c.Actor, models.When{}, slug)
	if err != nil {
		return nil, err
	}
	p, meeting := s.printer(c), published.Item.Meeting
	ways := []way{{p.T("import.then_attended"), "/meetings/" + meeting}}
	if models.MayChange(c.Actor, models.PermitAssess) {
		ways = append(ways, way{p.T("import.then_round"), "/rounds/" + meeting})
	}
	return s.doneThen(c, "/statements/"+slug, p.T("import.published"), ways...), nil
}
