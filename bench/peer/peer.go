package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// collections are the tables of PocketBase, shaped for what is asked of them: what stands is kept on the initiative, and the
// rows of each country repeat what a list shows, so that every question is one filter with an index behind it.
var collections = []struct {
	name    string
	texts   []string
	links   map[string]string // relations, by field
	indexes []string
}{
	{name: "meetings", texts: []string{"ref", "forum", "city_en", "city_ja", "held_on"}, indexes: []string{"forum, held_on"}},
	{name: "evidence", texts: []string{"ref", "title", "publisher", "url", "published_on"}},
	{name: "initiatives", texts: []string{"ref", "title_en", "title_ja", "root", "topic", "forum", "kind", "lead", "due_on", "status", "at", "mark", "grade"},
		indexes: []string{"ref", "root, status, at", "status, at", "root, at", "forum, topic, ref"}},
	{name: "parts", texts: []string{"country", "role", "country_status", "country_at", "ref", "title_en", "title_ja", "root", "topic", "kind", "lead", "due_on", "status", "at", "mark", "grade"},
		links: map[string]string{"initiative": "initiatives"}, indexes: []string{"initiative, country", "country, root, status, at"}},
	{name: "updates", texts: []string{"country", "status", "at", "meeting", "mark", "grade", "reason", "note_en", "note_ja", "root", "recorded_at"},
		links: map[string]string{"initiative": "initiatives", "evidence": "evidence"}, indexes: []string{"initiative, country, at", "root, at", "at", "meeting, country, status"}},
	{name: "commitments", texts: []string{"code", "root", "words_en", "words_ja", "made_on"}, links: map[string]string{"initiative": "initiatives"}, indexes: []string{"root, made_on", "initiative"}},
	{name: "texts", texts: []string{"kind", "ref", "en", "ja", "at"}, indexes: []string{"at"}},
}

// views answer a dashboard and a matrix in one request each: a row holds the statuses of its meetings as one JSON value. The
// last three serve the whole answers.
var views = []struct{ name, query string }{
	{"tallies", `SELECT (root || '-' || status) AS id, root, status, COUNT(*) AS n FROM initiatives GROUP BY root, status`},
	{"ribbons", `SELECT i.id, i.ref, i.title_en, i.title_ja, i.root, i.topic, i.forum, i.status, i.at, i.mark, i.grade,
		(SELECT json_group_array(json_array(u.meeting, u.status, u.mark, u.grade)) FROM updates u WHERE u.initiative = i.id AND u.country = '') AS cells FROM initiatives i`},
	{"whole_ribbons", `SELECT i.id, i.ref, i.title_en, i.title_ja, i.root, i.topic, i.forum, i.status, i.at, i.mark, i.grade,
		(SELECT json_group_array(json_object('meeting', u.meeting, 'status', u.status, 'review_mark', u.mark, 'grade', u.grade, 'evidence_count', json_array_length(u.evidence), 'update', u.id))
			FROM updates u WHERE u.initiative = i.id AND u.country = '') AS cells FROM initiatives i`},
	{"facets", `SELECT (country || '-' || root || '-' || status) AS id, country, root, status, COUNT(*) AS n FROM parts GROUP BY country, root, status`},
	{"columns", `SELECT (m.ref || '-' || u.status) AS id, m.ref AS meeting, m.forum, m.held_on, u.status, COUNT(*) AS n FROM meetings m JOIN updates u ON u.meeting = m.ref AND u.country = '' GROUP BY m.ref, u.status`},
}

// peerApp is PocketBase on a folder, with what a posted update has to change beside itself.
func peerApp(data string) *pocketbase.PocketBase {
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: data, HideStartBanner: true})
	app.OnRecordCreateExecute("updates").BindFunc(func(e *core.RecordEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		p := dbx.Params{"id": e.Record.GetString("initiative"), "country": e.Record.GetString("country"), "status": e.Record.GetString("status"), "at": e.Record.GetString("at"), "mark": e.Record.GetString("mark"), "grade": e.Record.GetString("grade")}
		steps := []string{"UPDATE parts SET country_status = {:status}, country_at = {:at} WHERE initiative = {:id} AND country = {:country}"}
		if p["country"] == "" {
			steps = []string{"UPDATE initiatives SET status = {:status}, at = {:at}, mark = {:mark}, grade = {:grade} WHERE id = {:id}",
				"UPDATE parts SET status = {:status}, at = {:at}, mark = {:mark}, grade = {:grade} WHERE initiative = {:id}"}
		}
		for _, s := range steps {
			if _, err := e.App.DB().NewQuery(s).Bind(p).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	return app
}

// servePeer runs PocketBase until it is told to stop.
func servePeer(data, addr string) error {
	app := peerApp(data)
	if err := app.Bootstrap(); err != nil {
		return err
	}
	return apis.Serve(app, apis.ServeConfig{HttpAddr: addr})
}

// makePeer fills a folder of PocketBase from a copy of the record, anew in each run, since a run writes.
func makePeer(data, record string) error {
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	app := peerApp(data)
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	app.Settings().Logs.MaxDays = 0 // no log of requests
	if err := app.Save(app.Settings()); err != nil {
		return err
	}
	if err := declare(app); err != nil {
		return err
	}
	path, err := filepath.Abs(record)
	if err != nil {
		return err
	}
	if err := fill(app, path); err != nil {
		return err
	}
	return app.ResetBootstrapState()
}

// declare makes the collections, which everybody may read and write.
func declare(app core.App) error {
	ids := map[string]string{}
	for _, c := range collections {
		made := core.NewBaseCollection(c.name)
		made.ListRule, made.ViewRule, made.CreateRule = types.Pointer(""), types.Pointer(""), types.Pointer("")
		for _, name := range c.texts {
			made.Fields.Add(&core.TextField{Name: name, Max: 20_000})
		}
		for name, to := range c.links {
			most := 1
			if to == "evidence" {
				most = 20
			}
			made.Fields.Add(&core.RelationField{Name: name, CollectionId: ids[to], MaxSelect: most})
		}
		for n, columns := range c.indexes {
			made.AddIndex(fmt.Sprintf("peer_%s_%d", c.name, n), false, columns, "")
		}
		if err := app.Save(made); err != nil {
			return fmt.Errorf("collection %s: %w", c.name, err)
		}
		ids[c.name] = made.Id
	}
	for _, v := range views {
		made := core.NewViewCollection(v.name)
		made.ListRule, made.ViewRule, made.ViewQuery = types.Pointer(""), types.Pointer(""), v.query
		if err := app.Save(made); err != nil {
			return fmt.Errorf("view %s: %w", v.name, err)
		}
	}
	return nil
}
