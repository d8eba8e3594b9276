// Package seed holds the data set that a new record starts with: the Quad Senior Cyber Group, from the dossier and
// the bilingual statement in data/. It turns them into a transfer.Bundle, always the same one; what the dossier
// leaves to its reader is decided in data/editorial.json. data/README.md says where the data come from. Large makes
// records without facts, to measure with.
package seed
