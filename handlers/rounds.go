package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// roundQuery is a round by its meeting, and what of its list is shown.
type roundQuery struct {
	refPath
	Topic string `query:"topic" description:"Slug; on pages, only the initiatives of this topic."`
	Show  string `query:"show" description:"On pages: todo shows what nobody has reviewed." enum:"todo"`
}

// itemPath is one initiative in a round.
type itemPath struct {
	refPath
	Initiative string `path:"initiative" description:"Ref of the initiative."`
}

func (s *Server) rounds(c *Call, _ struct{}) (*Reply, error) {
	all, err := s.Store.Rounds(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	form := s.form(c, nil)
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.RoundsPage(f, all, form) }}, nil
}

func (s *Server) startRound(c *Call, in refPath, _ empty) (*Reply, error) {
	if err := s.Store.StartRound(c.Context(), c.Actor, in.Ref); err != nil {
		return nil, err
	}
	return s.roundReply(c, in.Ref, "round.started")
}

func (s *Server) round(c *Call, in roundQuery) (*Reply, error) { return s.roundPage(c, in, nil) }

func (s *Server) roundPage(c *Call, in roundQuery, bad error) (*Reply, error) {
	r, err := s.Store.Round(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	p := frontend.RoundPage{Round: *r, Form: s.form(c, bad), Topic: in.Topic, Todo: in.Show != ""}
	return &Reply{Data: r, Page: func(f frontend.Frame) templ.Component { return frontend.RoundListPage(f, p) }}, nil
}

func (s *Server) roundAgain(c *Call, in refPath, bad error) (*Reply, error) {
	return s.roundPage(c, roundQuery{refPath: in}, bad)
}

// roundReply answers a change of a whole round: with its page, or with the round.
func (s *Server) roundReply(c *Call, meeting, key string) (*Reply, error) {
	if c.Format == represent.HTML {
		return s.done(c, "/rounds/"+meeting, key), nil
	}
	r, err := s.Store.Round(c.Context(), c.Actor, meeting)
	if err != nil {
		return nil, err
	}
	return &Reply{Status: c.Route.Status, Data: r, Location: apiPrefix + "/rounds/" + meeting}, nil
}

func (s *Server) item(c *Call, in itemPath) (*Reply, error) { return s.itemPage(c, in, nil) }

// itemPage is the form of one initiative. One that was opened for the first time has nothing decided.
func (s *Server) itemPage(c *Call, in itemPath, bad error) (*Reply, error) {
	r, err := s.Store.Round(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	item, found := r.Item(in.Initiative)
	if !found {
		return nil, models.NotFound("initiative", in.Initiative)
	}
	if item.Form, item.Before, err = s.Store.Typed(c.Context(), c.Actor, in.Ref, in.Initiative); err != nil {
		return nil, err
	}
	record, err := s.Store.Initiative(c.Context(), c.Actor, models.When{}, in.Initiative)
	if err != nil {
		return nil, err
	}
	known, err := s.someEvidence(c)
	if err != nil {
		return nil, err
	}
	p := frontend.RoundForm{Round: *r, Item: item, UpdateForm: frontend.UpdateForm{Record: record.Item, Evidence: known, Form: s.form(c, bad)}}
	for _, m := range record.At.Meetings { // the latest first
		if m.Forum == r.Meeting.Forum && r.Meeting.EndsOn.After(m.EndsOn) {
			p.Last = m.EndsOn
			break
		}
	}
	p.Form.Version = c.Form.Get(formPrefix + "version")
	if c.Form == nil || badKind(bad) == models.KindStale {
		p.Form.Version = strconv.FormatInt(item.Version, 10)
		if r.State.Public() { // a correction changes the record of the initiative
			p.Form.Version = strconv.FormatInt(record.Item.Version, 10)
		}
	}
	if c.Form == nil {
		p.Open()
	}
	if !r.State.Public() && (badKind(bad) == models.KindStale || bad != nil && c.Form.Has(formPrefix+"choose")) {
		p.Conflict(c.Form)
	}
	at := record.At
	at.AsOf, at.VS = models.Date{}, models.Date{}
	return &Reply{Data: item, Page: func(f frontend.Frame) templ.Component {
		f.Meetings = at.Meetings
		return frontend.RoundItemPage(f, p)
	}}, nil
}

// decide takes what is decided on one initiative and leads to the next that nobody has reviewed.
func (s *Server) decide(c *Call, in itemPath, w models.RoundWork) (*Reply, error) {
	if c.Format == represent.HTML {
		if err := chosen(c.Form); err != nil {
			return nil, err
		}
	}
	r, err := s.Store.Round(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	switch {
	case r.State.Public():
		err = s.Store.CorrectItem(c.Context(), c.Actor, in.Ref, in.Initiative, c.recordVersion(), w, c.typed(w), c.receipt())
	case w.Decision == models.DecideDraft:
		_, err = s.Store.SaveDraft(c.Context(), c.Actor, in.Ref, in.Initiative, c.itemVersion(), string(c.raw))
	case !slices.Contains([]string{models.DecideSave, models.DecideConfirm}, w.Decision):
		err = models.Invalid(models.Field("decision", "error.unknown_value", "value", w.Decision))
	default:
		err = s.Store.SaveItem(c.Context(), c.Actor, in.Ref, in.Initiative, c.itemVersion(), w, c.typed(w), c.receipt())
	}
	if err != nil {
		return nil, typedEvidence(c.Form, err)
	}
	return s.decided(c, in, r, w.Decision)
}

// typed is a decision as the fields of its form, also where a program sent it.
func (c *Call) typed(w models.RoundWork) string {
	if c.Form != nil {
		return string(c.raw)
	}
	return typed(w).Encode()
}

// itemVersion is the version of the item that a form was opened on; none is that of an item that nobody has touched.
func (c *Call) itemVersion() int64 {
	if c.Format != represent.HTML && c.Request.Header.Get("If-Match") != "" {
		return c.recordVersion()
	}
	n, _ := strconv.ParseInt(c.Form.Get(formPrefix+"version"), 10, 64) // no number is no version
	return n
}

// decided leads from one item to the next.
func (s *Server) decided(c *Call, in itemPath, before *models.Round, decision string) (*Reply, error) {
	if c.Format != represent.HTML {
		r, err := s.Store.Round(c.Context(), c.Actor, in.Ref)
		if err != nil {
			return nil, err
		}
		item, _ := r.Item(in.Initiative)
		return &Reply{Data: item}, nil
	}
	here := "/rounds/" + in.Ref + "/" + in.Initiative + "#item"
	switch next := before.Next(in.Initiative); {
	case before.State.Public():
		return s.done(c, here, "round.corrected"), nil
	case decision == models.DecideDraft:
		return s.done(c, here, "round.draft_kept"), nil
	case next == "":
		return s.done(c, "/rounds/"+in.Ref, "round.all_reviewed"), nil
	default:
		item, _ := before.Item(in.Initiative)
		key := "round.saved"
		if decision == models.DecideConfirm {
			key = "round.confirmed"
		}
		return s.done(c, "/rounds/"+in.Ref+"/"+next+"#item", key, "title", s.inWords(c, item.Title)), nil
	}
}

// inWords is a text in the language of the call, or in the other where it has none.
func (s *Server) inWords(c *Call, t models.Text) string {
	words, _ := t.In(c.Lang)
	return words
}

// draft is a half-filled form as it was typed.
type draft struct {
	Form    string `json:"form" description:"The fields of the form, encoded as a form is sent."`
	Version int64  `json:"version" description:"Version of the item that the form was opened on; 0 for one that nobody has touched."`
}

// draftKept is the next version of the item.
type draftKept struct {
	Version int64 `json:"version"`
}

func (s *Server) keepDraft(c *Call, in itemPath, d draft) (*Reply, error) {
	if len(d.Form) > maxForm || strings.ContainsRune(d.Form, 0) {
		return nil, models.Invalid(models.Field("form", "error.too_long", "max", maxForm))
	}
	next, err := s.Store.SaveDraft(c.Context(), c.Actor, in.Ref, in.Initiative, d.Version, d.Form)
	if err != nil {
		return nil, err
	}
	return &Reply{Data: draftKept{next}}, nil
}

func (s *Server) submitRound(c *Call, in refPath, _ empty) (*Reply, error) {
	if err := s.Store.HandIn(c.Context(), c.Actor, in.Ref, false); err != nil {
		return nil, err
	}
	return s.roundReply(c, in.Ref, "round.submitted")
}

func (s *Server) returnRound(c *Call, in refPath, _ empty) (*Reply, error) {
	if err := s.Store.HandIn(c.Context(), c.Actor, in.Ref, true); err != nil {
		return nil, err
	}
	return s.roundReply(c, in.Ref, "round.returned")
}

func (s *Server) discardPage(c *Call, in refPath) (*Reply, error) { return s.discardForm(c, in, nil) }

func (s *Server) discardForm(c *Call, in refPath, bad error) (*Reply, error) {
	r, err := s.Store.Round(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	p := frontend.Publication{Round: *r, Form: s.form(c, bad)}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.DiscardPage(f, p) }}, nil
}

// discarding is the confirmation that a round is given up.
type discarding struct {
	Version int64 `json:"version,omitempty" description:"Version of the round that was looked at; another one by now is refused. 0 takes any."`
}

func (s *Server) discard(c *Call, in refPath, d discarding) (*Reply, error) {
	r, err := s.Store.Round(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	if err := s.Store.DiscardRound(c.Context(), c.Actor, in.Ref, d.Version); err != nil {
		return nil, err
	}
	if c.Format == represent.HTML {
		return s.done(c, "/rounds", "round.discarded"), nil
	}
	return &Reply{Data: r}, nil
}

func (s *Server) publishPage(c *Call, in refPath) (*Reply, error) { return s.publishForm(c, in, nil) }

func (s *Server) publishForm(c *Call, in refPath, bad error) (*Reply, error) {
	r, err := s.Store.Round(c.Context(), c.Actor, in.Ref)
	if err != nil {
		return nil, err
	}
	p := frontend.Publication{Round: *r, Form: s.form(c, bad)}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.PublishPage(f, p) }}, nil
}

// publication is the confirmation of a publication.
type publication struct {
	Version    int64 `json:"version,omitempty" description:"Version of the round that was looked at; another one by now is refused. 0 takes any."`
	Unreviewed *int  `json:"unreviewed" description:"How many items nobody has reviewed; they are carried over. It must be right, so that nobody carries over unseen what was forgotten."`
}

func (s *Server) publish(c *Call, in refPath, p publication) (*Reply, error) {
	if p.Unreviewed == nil {
		return nil, models.Invalid(models.Field("unreviewed", "error.required"))
	}
	if err := s.Store.Publish(c.Context(), c.Actor, in.Ref, *p.Unreviewed, p.Version); err != nil {
		return nil, err
	}
	return s.roundReply(c, in.Ref, "round.published")
}

// secondBody says of which forums a second person publishes rounds.
type secondBody struct {
	Forums []string `json:"forums"`
}

func (s *Server) setSecondPerson(c *Call, _ struct{}, b secondBody) (*Reply, error) {
	if err := s.Store.SetSecondPerson(c.Context(), c.Actor, b.Forums); err != nil {
		return nil, err
	}
	return s.done(c, "/admin/users", "users.saved"), nil
}

// roundRoutes are the lines of rounds. Nobody but the people who keep the record sees them.
func roundRoutes() []Route {
	reading := func(r Route) Route {
		r.Permission = models.PermitAssess
		return r
	}
	return []Route{
		reading(get[liveQuery, any]("events", "/events", "Who else has a record open, and that it has moved on, as server-sent events.", dataRecord, (*Server).events)),
		screen[struct{}]("rounds", "/rounds", "The meetings with their rounds.", models.PermitAssess, (*Server).rounds),
		reading(get[roundQuery, models.Round]("round", "/rounds/:ref", "One round with all its items.", pageAndData, (*Server).round)),
		reading(get[itemPath, models.RoundItem]("round-item", "/rounds/:ref/:initiative", "One initiative in a round.", pageAndData, (*Server).item)),
		making(write[refPath, empty, models.Round]("start-round", "/rounds/:ref/start", "Start the round of a meeting.", models.PermitAssess, pageAndData, (*Server).startRound, nil)),
		write[itemPath, models.RoundWork, models.RoundItem]("decide", "/rounds/:ref/:initiative", "Decide on one initiative in a round; in a published round, correct it.", models.PermitAssess, pageAndData, (*Server).decide, (*Server).itemPage),
		write[itemPath, draft, draftKept]("keep-draft", "/rounds/:ref/:initiative/draft", "Keep a half-filled form.", models.PermitAssess, dataRecord, (*Server).keepDraft, nil),
		write[refPath, empty, models.Round]("submit-round", "/rounds/:ref/submit", "Hand a round in to a second person.", models.PermitAssess, pageAndData, (*Server).submitRound, (*Server).roundAgain),
		write[refPath, empty, models.Round]("return-round", "/rounds/:ref/return", "Take a round back to be worked on.", models.PermitAssess, pageAndData, (*Server).returnRound, (*Server).roundAgain),
		screen[refPath]("discard-form", "/rounds/:ref/discard", "What discarding a round will lose.", models.PermitPublish, (*Server).discardPage),
		write[refPath, discarding, models.Round]("discard-round", "/rounds/:ref/discard", "Discard a round that is still a draft.", models.PermitPublish, pageAndData, (*Server).discard, (*Server).discardForm),
		screen[refPath]("publish-form", "/rounds/:ref/publish", "What publishing a round will change.", models.PermitPublish, (*Server).publishPage),
		write[refPath, publication, models.Round]("publish-round", "/rounds/:ref/publish", "Publish a round: all of it or none.", models.PermitPublish, pageAndData, (*Server).publish, (*Server).publishForm),
	}
}
