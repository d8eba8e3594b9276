package handlers

import (
	"cmp"
	"strings"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// tagEntity begins every tag URI (RFC 4151). It does not hold the host, so that an entry keeps its id when the record
// moves; the identity of the record behind it tells records apart.
const tagEntity = "tag:followthrough,2026:"

// feedOf returns a reader of the feed of one record: its latest entries, on one page.
func (s *Server) feedOf(c *Call, w models.When, f models.ActivityFilter, title models.Text) func() (*represent.Feed, error) {
	return func() (*represent.Feed, error) {
		list, err := s.Store.Activity(c.Context(), c.Actor, w, f, models.Page{Limit: models.MaxLimit})
		if err != nil {
			return nil, err
		}
		list.Next = nil // the address of a record has no pages
		return s.feed(c, list, title)
	}
}

// feed writes what was recorded as a feed in the call's language. Without a title it is named after its filter.
func (s *Server) feed(c *Call, list *models.List[models.Event], title models.Text) (*represent.Feed, error) {
	identity, err := s.Store.Identity(c.Context())
	if err != nil {
		return nil, err
	}
	tag := tagEntity + identity + ":"
	f := s.frame(c, &list.At)
	name := cmp.Or(f.Plain(title), frontend.ActivityTitle(f, list.Facets))
	own := []string{}
	if after := c.Query.Get("after"); after != "" {
		own = []string{"after", after}
	}
	out := &represent.Feed{ID: tag + feedAddress(f), Lang: string(c.Lang), Title: f.T("title", "title", name), Subtitle: frontend.ActivityIntro(f), Author: "Followthrough", Rights: f.T("feed.rights"),
		Generator: "Followthrough", Version: s.Version, Self: f.Origin + f.As(represent.Atom.Name, own...), Page: f.Permanent(), Updated: dayInstant(list.At.Today)}
	if list.At.Past() { // empty then, whatever came later
		out.Updated = dayInstant(list.At.AsOf)
	}
	if list.Next != nil {
		out.Next = f.Origin + f.As(represent.Atom.Name, "after", *list.Next)
	}
	for i, e := range list.Items {
		entry := s.entry(f, tag, e)
		if i == 0 {
			out.Updated = entry.Updated // the newest stands first
		}
		out.Entries = append(out.Entries, entry)
	}
	return out, nil
}

func (s *Server) entry(f frontend.Frame, tag string, e models.Event) represent.Entry {
	out := represent.Entry{ID: tag + e.ID, Title: frontend.EventTitle(f, e), Updated: e.RecordedAt, Author: e.Author, Page: f.Origin + f.Standing(e.Path),
		Categories: []represent.Category{{Scheme: tag + "kind", Term: string(e.Kind), Label: f.T("event." + string(e.Kind))}}}
	if out.Updated == "" { // a view of the past: it was recorded later
		out.Updated = dayInstant(e.On)
	}
	if e.SetsStatus() {
		out.Categories = append(out.Categories, represent.Category{Scheme: tag + "status", Term: string(e.Status), Label: f.T("status." + string(e.Status))})
	}
	for _, w := range frontend.EventTexts(f, e) {
		out.Texts = append(out.Texts, represent.Wording{Lang: w.Lang, Text: w.Text})
	}
	return out
}

// feedAddress is the address of the feed without host, language and page: what its id is made of.
func feedAddress(f frontend.Frame) string {
	_, neutral, _ := strings.Cut(f.Here("limit", "", "text", ""), "/"+string(f.Lang))
	return neutral
}

// dayInstant is the beginning of a civil day in UTC, where a format asks for an instant and there is none.
func dayInstant(d models.Date) string { return d.Last() + "T00:00:00Z" }
