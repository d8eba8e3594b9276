// Package locale holds every word of the product that people see, in English and Japanese, and the ways each
// language writes dates and lists. Texts of the record do not belong here.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/followthrough/followthrough/models"
)

//go:embed en.json ja.json
var files embed.FS

// Printer writes the messages, dates and names of one language. It is safe for concurrent use.
type Printer struct {
	Lang      models.Lang
	localizer *i18n.Localizer
	plain     sync.Map // messages that were written without arguments, by key: always the same
}

// Catalogue holds a printer for each language.
type Catalogue map[models.Lang]*Printer

// Load reads the messages of all languages.
func Load() (Catalogue, error) {
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("json", json.Unmarshal)
	c := Catalogue{}
	for _, l := range models.Langs {
		if _, err := b.LoadMessageFileFS(files, string(l)+".json"); err != nil {
			return nil, fmt.Errorf("read the messages of %s: %w", l, err)
		}
		c[l] = &Printer{Lang: l, localizer: i18n.NewLocalizer(b, string(l))}
	}
	return c, nil
}

// T returns the message of a key. args are pairs of a name and a value; "n" also chooses the plural form. A key
// without a message comes back in angle brackets; a test finds every key that is used.
func (p *Printer) T(key string, args ...any) string {
	if len(args) > 0 {
		return p.message(key, args)
	}
	if s, ok := p.plain.Load(key); ok {
		return s.(string)
	}
	s := p.message(key, nil)
	if s != missing(key) { // as many as there are messages, whatever is asked for
		p.plain.Store(key, s)
	}
	return s
}

func (p *Printer) message(key string, args []any) string {
	c := &i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		data := make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			data[args[i].(string)] = args[i+1]
		}
		c.TemplateData = data
		if n, ok := data["n"]; ok {
			c.PluralCount = n
		}
	}
	s, err := p.localizer.Localize(c)
	if err != nil && c.PluralCount != nil { // a message that is the same for every number has one form
		c.PluralCount = nil
		s, err = p.localizer.Localize(c)
	}
	if err != nil {
		return missing(key)
	}
	return s
}

func missing(key string) string { return "⟨" + key + "⟩" }

// Fields returns the message of a key with arguments in a map, as errors carry them.
func (p *Printer) Fields(key string, args map[string]any) string {
	pairs := make([]any, 0, 2*len(args))
	for k, v := range args {
		switch value := v.(type) {
		case models.Text:
			v, _ = value.In(p.Lang)
		case models.Date:
			v = p.Date(value)
		}
		if s, ok := v.(string); ok && k == "value" {
			v = clip(s)
		}
		if k == "what" {
			v = p.T(fmt.Sprintf("record.%v", v))
		}
		pairs = append(pairs, k, v)
	}
	return p.T(key, pairs...)
}

// clip shortens what a message repeats of what was sent.
func clip(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Label returns the name of a code in both languages.
func (c Catalogue) Label(kind, code string) models.Text { return c.Text(kind + "." + code) }

// Text returns the message of a key in both languages.
func (c Catalogue) Text(key string, args ...any) models.Text {
	return models.Text{EN: c[models.English].T(key, args...), JA: c[models.Japanese].T(key, args...)}
}

var months = [...]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// Date writes a civil date to its precision: 6 December 2023, 2023年12月6日.
func (p *Printer) Date(d models.Date) string {
	switch {
	case d.IsZero():
		return p.T("date.unknown")
	case p.Lang == models.Japanese:
		return dateJA(d)
	}
	switch d.Precision() {
	case models.PrecisionYear:
		return fmt.Sprint(d.Year())
	case models.PrecisionQuarter:
		return fmt.Sprintf("Q%d %d", d.Month()/3, d.Year())
	case models.PrecisionMonth:
		return fmt.Sprintf("%s %d", months[d.Month()], d.Year())
	}
	return fmt.Sprintf("%d %s %d", d.Day(), months[d.Month()], d.Year())
}

func dateJA(d models.Date) string {
	switch d.Precision() {
	case models.PrecisionYear:
		return fmt.Sprintf("%d年", d.Year())
	case models.PrecisionQuarter:
		return fmt.Sprintf("%d年第%d四半期", d.Year(), d.Month()/3)
	case models.PrecisionMonth:
		return fmt.Sprintf("%d年%d月", d.Year(), d.Month())
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day())
}

// Days writes a run of days: 5–6 December 2023, 2023年12月5日～6日.
func (p *Printer) Days(from, until models.Date) string {
	switch {
	case from.Last() == until.Last() || from.IsZero():
		return p.Date(until)
	case p.Lang == models.Japanese && from.Year() == until.Year() && from.Month() == until.Month():
		return fmt.Sprintf("%s～%d日", dateJA(from), until.Day())
	case p.Lang == models.Japanese:
		return dateJA(from) + "～" + dateJA(until)
	case from.Year() == until.Year() && from.Month() == until.Month():
		return fmt.Sprintf("%d–%s", from.Day(), p.Date(until))
	}
	return p.Date(from) + " – " + p.Date(until)
}

// Place names a meeting by its city and days, or by its forum when it was virtual.
func (p *Printer) Place(m models.MeetingBrief) string {
	place, _ := m.City.In(p.Lang)
	if place == "" {
		forum, _ := m.Forum.In(p.Lang)
		place = p.T("meeting.virtual", "forum", forum)
	}
	return p.T("meeting.place", "place", place, "days", p.Days(m.StartsOn, m.EndsOn))
}

// List joins names as the language does.
func (p *Printer) List(names []string) string {
	if p.Lang == models.Japanese {
		return strings.Join(names, "、")
	}
	return strings.Join(names, ", ")
}
