package invented

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"kith"
)

// crowd makes people by number: the same seed and number give the same person,
// so that nobody needs to be kept.
type crowd struct {
	seed     uint64
	cultures []culture
	words    map[string][]string
}

// culture is one row of names that go together.
type culture struct{ given, family []string }

// newCrowd reads the tables.
func newCrowd(seed uint64) (*crowd, error) {
	names, err := readRows("archive/names.tsv", 3)
	if err != nil {
		return nil, err
	}
	lists, err := readRows("archive/words.tsv", 2)
	if err != nil {
		return nil, err
	}
	c := &crowd{seed: seed, words: map[string][]string{}}
	for _, row := range names {
		c.cultures = append(c.cultures, culture{strings.Fields(row[1]), strings.Fields(row[2])})
	}
	for _, row := range lists {
		c.words[row[0]] = strings.Split(strings.ReplaceAll(row[1], `\n`, "\n"), "|")
	}
	return c, nil
}

// dice gives the random source of one thing, such as person 7 or message 9.
func (c *crowd) dice(kind string, n int) *rand.Rand {
	var mix uint64 = 14695981039346656037 // FNV-1a, offset and prime
	for _, b := range []byte(kind) {
		mix = (mix ^ uint64(b)) * 1099511628211
	}
	return rand.New(rand.NewPCG(c.seed^mix, uint64(n)))
}

// pick gives one of a list.
func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// human is one person of the crowd.
type human struct{ given, family, slug, organisation, title string }

func (h *human) name() string { return h.given + " " + h.family }

// link gives the person's profile.
func (h *human) link() string { return kith.ProfileLink(h.slug) }

// human makes person number n.
func (c *crowd) human(n int) human {
	r := c.dice("human", n)
	from := c.cultures[r.IntN(len(c.cultures))]
	h := human{given: pick(r, from.given), family: pick(r, from.family)}
	if other := pick(r, from.family); r.IntN(5) == 0 && other != h.family {
		h.family += "-" + other
	}
	h.organisation, h.title = c.organisation(r), pick(r, c.words["title"])
	h.slug = strings.ReplaceAll(kith.FoldText(h.name()), " ", "-") + "-" + strconv.FormatInt(0x1a2b3c+int64(n), 16)
	return h
}

// organisation makes the name of an organisation. Few are large: every third
// person works for one of the first hundred.
func (c *crowd) organisation(r *rand.Rand) string {
	n := r.IntN(100)
	if r.IntN(3) > 0 {
		n = r.IntN(8000)
	}
	r = c.dice("organisation", n)
	name := pick(r, c.words["start"])
	if r.IntN(2) == 0 {
		name += pick(r, c.words["middle"])
	}
	return name + pick(r, c.words["end"]) + " " + pick(r, c.words["form"])
}

// text makes a text of a list, its slots filled.
func (c *crowd) text(r *rand.Rand, list, first string) string {
	return strings.NewReplacer(
		"{first}", first,
		"{place}", pick(r, c.words["place"]),
		"{month}", pick(r, c.words["month"]),
		"{org}", c.organisation(r),
	).Replace(pick(r, c.words[list]))
}
