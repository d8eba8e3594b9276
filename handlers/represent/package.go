package represent

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// Package describes tables for programs, as the Data Package specification 1 does: what each holds, how its cells are
// typed and how the tables refer to each other. Names with _ja are properties of our own, which the specification
// allows. docs/decisions/0007 says why it is version 1.
type Package struct {
	Profile       string      `json:"profile" description:"Always tabular-data-package."`
	Name          string      `json:"name" description:"followthrough- and the slug of the forum."`
	ID            string      `json:"id" description:"Address of this package at this time of the view."`
	Title         string      `json:"title"`
	TitleJA       string      `json:"title_ja"`
	Description   string      `json:"description"`
	DescriptionJA string      `json:"description_ja"`
	Homepage      string      `json:"homepage" description:"Address of the pages on the forum."`
	Version       string      `json:"version" description:"Version of the data; it grows by one with every change of the record."`
	Created       string      `json:"created" description:"Midnight, UTC, of the day of the answer."`
	AsOf          *string     `json:"as_of" description:"The day the tables speak of; null for the present."`
	KnownAt       string      `json:"known_at" description:"The UTC instant by which what the tables hold had been recorded; empty for everything."`
	Licenses      []License   `json:"licenses" description:"Of every table that names none of its own."`
	Sources       []Source    `json:"sources" description:"Of every table that names none of its own."`
	Resources     []*Resource `json:"resources"`
}

// Resource is one table of a package.
type Resource struct {
	Profile       string    `json:"profile" description:"Always tabular-data-resource."`
	Name          string    `json:"name"`
	Path          string    `json:"path" description:"File in the ZIP of the package."`
	Title         string    `json:"title"`
	TitleJA       string    `json:"title_ja"`
	Description   string    `json:"description"`
	DescriptionJA string    `json:"description_ja"`
	Format        string    `json:"format"`
	Media         string    `json:"mediatype"`
	Encoding      string    `json:"encoding"`
	Dialect       Dialect   `json:"dialect"`
	Bytes         int       `json:"bytes" description:"Size of the file."`
	Hash          string    `json:"hash" description:"sha256: and the SHA-256 of the file, in hexadecimal."`
	Licenses      []License `json:"licenses"`
	Sources       []Source  `json:"sources,omitempty"`
	Schema        Schema    `json:"schema"`

	body []byte // the file
}

// Dialect is how a CSV file is written.
type Dialect struct {
	Delimiter  string `json:"delimiter"`
	Terminator string `json:"lineTerminator"`
}

// License is the terms of data.
type License struct {
	Name    string `json:"name" description:"Identifier of the Open Definition."`
	Path    string `json:"path,omitempty"`
	Title   string `json:"title"`
	TitleJA string `json:"title_ja"`
}

// Source is where data come from.
type Source struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

// Schema types the columns of a table, as the Table Schema specification 1 does.
type Schema struct {
	Fields        []Field      `json:"fields"`
	MissingValues []string     `json:"missingValues"`
	PrimaryKey    []string     `json:"primaryKey"`
	ForeignKeys   []ForeignKey `json:"foreignKeys,omitempty"`
}

// Field is one column.
type Field struct {
	Name          string       `json:"name"`
	Type          string       `json:"type" enum:"string,integer,boolean,date"`
	Description   string       `json:"description"`
	DescriptionJA string       `json:"description_ja"`
	Constraints   *Constraints `json:"constraints,omitempty"`
}

// Constraints are what every cell of a column keeps to.
type Constraints struct {
	Required bool   `json:"required,omitempty"`
	Pattern  string `json:"pattern,omitempty"`
}

// ForeignKey says that columns name a row of a table.
type ForeignKey struct {
	Fields    []string  `json:"fields"`
	Reference Reference `json:"reference"`
}

// Reference is the other end of a foreign key.
type Reference struct {
	Resource string   `json:"resource" description:"Name of the table; empty for the table itself."`
	Fields   []string `json:"fields"`
}

// NewResource writes the table as CSV and describes the file. words gives the meaning of a column in both languages;
// a column of the key may not be empty.
func NewResource(name string, t *Table, key []string, words func(column string) (en, ja string)) (*Resource, error) {
	var body bytes.Buffer
	if err := WriteExactCSV(&body, t); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body.Bytes())
	r := &Resource{
		Profile: "tabular-data-resource", Name: name, Path: "data/" + name + "." + CSV.Name, Format: CSV.Name, Media: CSV.Media, Encoding: "utf-8",
		Dialect: Dialect{",", "\n"}, Bytes: body.Len(), Hash: "sha256:" + hex.EncodeToString(sum[:]), body: body.Bytes(),
		Schema: Schema{MissingValues: []string{""}, PrimaryKey: key},
	}
	for i, column := range t.Header {
		f := Field{Name: column, Type: schemaTypes[t.Types[i]]}
		f.Description, f.DescriptionJA = words(column)
		c := Constraints{}
		for _, k := range key {
			c.Required = c.Required || k == column
		}
		if t.Types[i] == Date {
			c.Pattern = datePattern
		}
		if c != (Constraints{}) {
			f.Constraints = &c
		}
		r.Schema.Fields = append(r.Schema.Fields, f)
	}
	return r, nil
}

// schemaTypes are the types of Table Schema. A date that may be known to the month alone is a string with a pattern
// there: its date is always a whole day.
var schemaTypes = map[Type]string{Text: "string", Integer: "integer", Boolean: "boolean", Day: "date", Date: "string"}

const datePattern = `^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]))?$`
