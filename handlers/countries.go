package handlers

import (
	"strconv"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var countryColumns = []represent.Column[models.Country]{
	{Name: "iso2", Value: func(k models.Country) string { return k.ISO2 }},
	{Name: "iso3", Value: func(k models.Country) string { return k.ISO3 }},
	{Name: "name_en", Value: func(k models.Country) string { return k.Name.EN }},
	{Name: "name_ja", Value: func(k models.Country) string { return k.Name.JA }},
	{Name: "applicable", Value: func(k models.Country) string { return strconv.Itoa(k.Applicable) }},
	{Name: "action", Value: func(k models.Country) string { return strconv.Itoa(k.Action) }},
	{Name: "confidence", Value: func(k models.Country) string { return string(k.Confidence) }},
}

// countries has no pages: there are fewer countries than rows on one.
func (s *Server) countries(c *Call, in timeInput) (*Reply, error) {
	list, err := s.Store.Countries(c.Context(), c.Actor, in.when())
	if err != nil {
		return nil, err
	}
	return &Reply{Data: list, Table: represent.Tabulate(countryColumns, list.Items), At: &list.At}, nil
}

func (s *Server) country(c *Call, in recordInput) (*Reply, error) {
	return one(c, in, s.Store.Country)
}
