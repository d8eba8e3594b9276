package models

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// FrozenBriefing is a briefing that was kept. Nothing of it ever changes.
type FrozenBriefing struct {
	ID          int64           `json:"id"`
	Heading     Text            `json:"heading" description:"What it prepares for."`
	Options     BriefingOptions `json:"options"`
	AsOf        Date            `json:"as_of" description:"The day it speaks of; null for the day it was frozen on."`
	DataVersion int64           `json:"data_version" description:"Version of the data that it was read from."`
	Chain       AuditHead       `json:"chain" description:"The head of the audit when the record was read."`
	FrozenAt    string          `json:"frozen_at" description:"UTC instant."`
	Author      string          `json:"author" description:"Who froze it."`
	Files       []BriefingFile  `json:"files" description:"What was kept, byte for byte."`
	Content     json.RawMessage `json:"content,omitempty" description:"The briefing as data, exactly as kept; left out of lists."`
}

// File returns what was kept in a format.
func (b FrozenBriefing) File(format string) (BriefingFile, bool) {
	i := slices.IndexFunc(b.Files, func(f BriefingFile) bool { return f.Format == format })
	if i < 0 {
		return BriefingFile{}, false
	}
	return b.Files[i], true
}

// Intact returns what was kept in a format, or an error when it is not there any more or does not have its hash.
func (b FrozenBriefing) Intact(format string) (BriefingFile, error) {
	f, ok := b.File(format)
	if !ok || f.Sum() != f.SHA256 {
		return f, &Error{Kind: KindAltered, Key: "error.altered", Args: map[string]any{"id": b.ID, "format": format}}
	}
	return f, nil
}

// BriefingFile is one form in which a briefing was kept.
type BriefingFile struct {
	Format string `json:"format" enum:"html,md,csv,json" description:"Suffix of its address; json is the field content."`
	SHA256 string `json:"sha256" description:"Of the bytes, in hexadecimal."`
	Size   int    `json:"size" description:"Bytes."`
	Body   string `json:"-"`
}

// Sum is the hash of the bytes as they were read.
func (f BriefingFile) Sum() string {
	sum := sha256.Sum256([]byte(f.Body))
	return hex.EncodeToString(sum[:])
}
