package store

import (
	"maps"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// forumMeetings adds the meetings of other forums that initiatives and updates refer to, without what hangs on them.
func (v *view) forumMeetings(_ forumWord, r *models.ForumRecord) error {
	wanted := map[string]bool{}
	for _, i := range r.Initiatives {
		wanted[i.FirstMeeting] = true
	}
	for _, u := range r.Updates {
		wanted[u.Meeting] = true
	}
	delete(wanted, "")
	for _, m := range r.Meetings {
		delete(wanted, m.Ref)
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(wanted)), chunk) {
		found, err := v.meetings("m.ref IN ("+marks(len(some))+")", anys(some), chunk)
		if err != nil {
			return err
		}
		for _, m := range found {
			m.Publications, m.Attendances = nil, nil
			r.Meetings = append(r.Meetings, m)
		}
	}
	slices.SortFunc(r.Meetings, func(a, b models.Meeting) int { return strings.Compare(a.Ref, b.Ref) })
	return nil
}

// forumPlaces adds the forums, countries and topics that are referred to. Their tallies count the initiatives read.
func (v *view) forumPlaces(own forumWord, r *models.ForumRecord) error {
	if err := v.forumsOf(own, r); err != nil {
		return err
	}
	conds := []condition{{facet: "ref", places: naming(refsOf(r.Initiatives)...)}}
	countries, err := v.countries(conds)
	if err != nil {
		return err
	}
	named := countriesNamed(r)
	r.Countries = slices.DeleteFunc(countries, func(c models.Country) bool { return !named[c.ISO2] })
	tree, _, err := v.topics(conds)
	if err != nil {
		return err
	}
	r.Topics = slices.DeleteFunc(tree, func(t models.Topic) bool { return t.Summary.Total == 0 })
	return nil
}

// forumsOf reads the forum with its members and those of the other meetings.
func (v *view) forumsOf(own forumWord, r *models.ForumRecord) error {
	wanted := map[string]bool{own.Slug: true}
	for _, m := range r.Meetings {
		wanted[m.Forum] = true
	}
	return each("read forums", v.raw(`SELECT f.slug, f.name_en, f.name_ja, f.position, COALESCE(m.country,'') FROM forums f
		LEFT JOIN forum_members m ON m.forum_id = f.id LEFT JOIN countries k ON k.iso2 = m.country
		ORDER BY f.position, f.slug, k.position, m.country`), func(scan scanner) error {
		f := models.Forum{Members: []string{}}
		var member string
		if err := scan(&f.Slug, &f.Name.EN, &f.Name.JA, &f.Position, &member); err != nil || !wanted[f.Slug] {
			return err
		}
		if n := len(r.Forums); n == 0 || r.Forums[n-1].Slug != f.Slug {
			r.Forums = append(r.Forums, f)
		}
		last := &r.Forums[len(r.Forums)-1]
		if member != "" {
			last.Members = append(last.Members, member)
		}
		if f.Slug == own.Slug {
			r.Forum = *last
		}
		return nil
	})
}

// countriesNamed finds every country code in the lists read so far.
func countriesNamed(r *models.ForumRecord) map[string]bool {
	named := map[string]bool{}
	for _, f := range r.Forums {
		for _, c := range f.Members {
			named[c] = true
		}
	}
	for _, m := range r.Meetings {
		named[m.Country], named[m.Host] = true, true
	}
	for _, d := range r.Delegates {
		named[d.Country] = true
		for _, o := range d.Offices {
			named[o.Country] = true
		}
	}
	for _, i := range r.Initiatives {
		named[i.LeadCountry] = true
		for _, p := range i.Parts {
			named[p.Country] = true
		}
	}
	for _, u := range r.Updates {
		named[u.Country] = true
	}
	return named
}

// dropLoose empties the references to what this view does not show, such as a meeting that ends after it, or an update
// that was to be true later and was replaced before.
func dropLoose(r *models.ForumRecord) {
	meetings, statements, updates := map[string]bool{}, map[string]bool{}, map[int64]bool{}
	for _, m := range r.Meetings {
		meetings[m.Ref] = true
	}
	for _, t := range r.Statements {
		statements[t.Slug] = true
	}
	for _, u := range r.Updates {
		updates[u.ID] = true
	}
	for n := range r.Initiatives {
		if i := &r.Initiatives[n]; !meetings[i.FirstMeeting] {
			i.FirstMeeting = ""
		}
	}
	for n := range r.Updates {
		u := &r.Updates[n]
		if !meetings[u.Meeting] {
			u.Meeting = ""
		}
		if !updates[u.Replaces] {
			u.Replaces = 0
		}
	}
	for _, m := range r.Meetings {
		for n := range m.Publications {
			if p := &m.Publications[n]; !statements[p.Statement] {
				p.Statement = ""
			}
		}
	}
}
