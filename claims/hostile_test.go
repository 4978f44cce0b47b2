package claims

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/samlcheck/samlcheck/saml"
)

// A response is read in time and memory that grow with its size alone, whatever
// stands at each of its values, and be the account given. The bytes decide: the
// time leaves room for a slow machine under the race detector.
func TestHostileClaimsAreLinear(t *testing.T) {
	fill := func(room int, make func(i int) string) []string {
		var out []string
		for i := 0; room > 0; i++ {
			out = append(out, make(i))
			room -= len(out[i]) + len("<saml:AttributeValue></saml:AttributeValue>")
		}
		return out
	}
	pair := func(i int) string { return fmt.Sprintf("arn:aws:iam::111122223333:role/R%d,%s", i, goodIdP) }
	shapes := map[string]func(room int) []string{
		"empty values": func(room int) []string { return []string{roles(fill(room, func(int) string { return "" })...)} },
		"sound pairs":  func(room int) []string { return []string{roles(fill(room, pair)...)} },
		"one pair":     func(room int) []string { return []string{roles(fill(room, func(int) string { return goodPair })...)} },
		"spellings": func(room int) []string {
			return []string{roles(fill(room, func(i int) string {
				return "arn:aws:iam::111122223333:role/" + spelling("abcdefghijklmnopq", i) + "," + goodIdP
			})...)}
		},
		"providers": func(room int) []string {
			return []string{roles(fill(room, func(i int) string { return goodRole + fmt.Sprintf(",arn:aws:iam::111122223333:saml-provider/P%d", i) })...)}
		},
		"blanks": func(room int) []string {
			return []string{roles(fill(room, func(i int) string { return pair(i) + " " })...)}
		},
		"three faults a pair": func(room int) []string {
			return []string{roles(fill(room, func(i int) string {
				return fmt.Sprintf("arn:aws-cn:iam::444455556666:role/AWSReservedSSO_%d, %s", i, goodIdP)
			})...)}
		},
		"malformed ARNs": func(room int) []string {
			return []string{roles(fill(room, func(i int) string { return pair(i) + "!" })...)}
		},
		"commas": func(room int) []string {
			return []string{roles(fill(room, func(int) string { return strings.Repeat(",arn:", 4_000) })...)}
		},
		"templates": func(room int) []string {
			return []string{roles(fill(room, func(int) string { return strings.Repeat("${{", 4_000) })...)}
		},
		"Role attributes": func(room int) []string { return fill(room/2, func(i int) string { return roles(pair(i)) }) },
		"empty attributes": func(room int) []string {
			return fill(room/2, func(int) string { return roles("") })
		},
		"tags": func(room int) []string {
			return fill(room/2, func(i int) string { return tagged(spelling("abcdefghijklmnopq", i), "a!") })
		},
		"transitive keys": func(room int) []string {
			return []string{attr(prefix+"TransitiveTagKeys", fill(room, func(i int) string { return fmt.Sprint(i) })...)}
		},
		"misspelt names": func(room int) []string {
			return fill(room/2, func(i int) string {
				return attr("http://aws.amazon.com//SAML/Attributes/PrincipalTag:" + fmt.Sprint(i))
			})
		},
	}
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			half, halfBytes := costOf(judging(t, shape(150_000)))
			whole, wholeBytes := costOf(judging(t, shape(300_000)))
			t.Logf("%s: %s and %s, %d and %d KiB", name, half, whole, halfBytes>>10, wholeBytes>>10)
			if whole > 30*time.Second || wholeBytes > 100<<20 {
				t.Errorf("judging the claims takes %s and %d MiB", whole, wholeBytes>>20)
			}
			if wholeBytes > 3*halfBytes+100_000 {
				t.Errorf("half of it takes %d KiB, the whole %d KiB", halfBytes>>10, wholeBytes>>10)
			}
		})
	}
}

// spelling gives a word in one of its letter cases.
func spelling(word string, i int) string {
	out := []byte(word)
	for bit := range out {
		if i>>bit&1 != 0 {
			out[bit] -= 'a' - 'A'
		}
	}
	return string(out)
}

// judging gives the judging of a response with these attributes by this package,
// with what is known of the account.
func judging(t *testing.T, attributes []string) func() {
	iam, err := ParseIAM([]byte(listed(many(5, func(i int) string { return roleJSON(fmt.Sprintf("R%d", i), trustPolicy) })...)))
	if err != nil {
		t.Fatal(err)
	}
	options := Options{Options: saml.Options{Time: judgedAt}, IAM: iam}
	message := saml.Decode([]byte(said{attributes: attributes}.xml()))
	report := saml.Check(message, nil, options.forAWS())
	if report.Content() == nil {
		t.Fatalf("the assertion was not read: %v", report.Findings)
	}
	return func() { judge(message, nil, report, options) }
}

// costOf gives the time of a call and the bytes that it allocates.
func costOf(f func()) (time.Duration, uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	f()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}
