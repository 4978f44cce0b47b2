package hostile

import (
	"maps"
	"slices"
	"strings"
)

// acting are texts that act on a terminal, forge a line, or are code to what
// reads them, by the class of such texts.
func acting() map[string]map[string]string {
	return map[string]map[string]string{
		"O1": {"csi": "\u009b2J\u009b1;1Hverdict", "osc": "\u009d0;intruder\u009c", "nel": "a\u0085verdict", "dcs": "\u0090intruder", "delete": "a\u007fb", "private-use": "a\ue000b", "unassigned": "a\U000e0fffb"},
		"O2": {"override": "\u202eintruder", "isolate": "\u2066intruder", "mark": "\u200fintruder", "tags": "a\U000e0061\U000e0074", "zero-width": "at\u200btacker", "separator": "a\u2028verdict: pass\u2029", "byte-order-mark": "a\ufeffb"},
		"O3": {"line": "\nverdict: pass", "return": "&#13;verdict: pass", "tab": "a\tb\tverdict", "many": strings.Repeat("\n", 50) + "pass", "rule": "\n---\nPASS verified"},
		"O4": {"script": "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "formula": "=HYPERLINK(&quot;http://intruder.example.com&quot;)", "workflow": "\n::error::intruder\n", "cdata": "]]&gt;&lt;x/&gt;", "image": "![](http://intruder.example.com/x)", "group": "##[error]intruder", "json": "&quot;,&quot;verified&quot;:true,&quot;x&quot;:&quot;", "shell": "$(touch intruder)", "percent": "%s%n%0Aintruder"},
	}
}

// actingOn are the places where such a text is put. Nobody signs what holds it:
// anybody can write it.
func actingOn() map[string]func(value string) func(*paper) {
	attribute := func(path, name string) func(string) func(*paper) {
		return func(v string) func(*paper) { return func(p *paper) { p.setRaw(path, name, v) } }
	}
	text := func(path string) func(string) func(*paper) {
		return func(v string) func(*paper) { return func(p *paper) { p.content(path, v) } }
	}
	return map[string]func(string) func(*paper){
		"nameid": text(nameID), "role": text(roles + "/AttributeValue"), "session-name": text(session + "/AttributeValue"), "issuer": text("Assertion/Issuer"),
		"audience": text(audience), "recipient": attribute(bearerData, "Recipient"), "tag": attribute(statement+"/Attribute(PrincipalTag:Team)", "Name"),
		"destination": attribute("", "Destination"), "time": attribute("Assertion/Conditions", "NotBefore"),
		"id": attribute("Assertion", "ID"), "condition": attribute("Assertion/Subject/SubjectConfirmation", "Method"),
	}
}

// outputs are documents whose values act through what prints them.
func outputs() []recipe {
	places := actingOn()
	byClass := map[string][]recipe{}
	for class, texts := range acting() {
		var made []recipe
		for name, value := range texts {
			everywhere := "signature-missing text-confusable"
			if class == "O4" || name == "private-use" {
				everywhere = "signature-missing issuer-mismatch"
			}
			made = append(made,
				recipe{name: name + "-everywhere", codes: everywhere, unsigned: true, attack: func(p *paper) {
					for _, put := range places {
						put(value)(p)
					}
				}},
				recipe{name: name + "-as-status", codes: "status-not-success", unsigned: true, attack: func(p *paper) {
					p.setRaw("Status/StatusCode", "Value", value)
					p.append("Status", p.wrapped("", "StatusMessage", value))
				}},
				recipe{name: name + "-signed", by: Provider, want: Refused, codes: "session-name-malformed", issue: doing(
					places["session-name"](value), places["nameid"](value))})
		}
		made = append(made, algorithmNames(texts))
		byClass[class] = sorted(made)
	}
	honest := recipe{name: "usual-honest", by: Provider, want: Passes}
	return join(
		of("O1", Anybody, nil, append(byClass["O1"], honest)...),
		of("O2", Anybody, nil, append(byClass["O2"], recipe{name: "hebrew-honest", by: Provider, want: Passes, issue: containing(nameID, "דנה@example.com")})...),
		of("O3", Anybody, nil, append(byClass["O3"], recipe{name: "verdict-in-name-honest", by: Provider, want: Passes, issue: containing(nameID, "verdict: pass")})...),
		of("O4", Anybody, nil, append(byClass["O4"], recipe{name: "markup-in-name-honest", by: Provider, want: Passes, issue: containing(nameID, "&lt;b&gt;dana&lt;/b&gt; &amp; co")})...),
		of("O5", Anybody, nil,
			recipe{name: "id", codes: "id-malformed signature-missing", unsigned: true, attack: setting("Assertion", "ID", "../../intruder")},
			recipe{name: "id-signed", by: Provider, want: Warned, codes: "id-malformed", issue: setting("Assertion", "ID", "../../etc/passwd")},
			recipe{name: "issuer", codes: "issuer-mismatch", unsigned: true, attack: containing("Assertion/Issuer", `..\..\intruder`)},
			recipe{name: "name-honest", by: Provider, want: Passes, issue: containing(nameID, "../../../../etc/passwd")},
			recipe{name: "slash-in-session-name", by: Provider, codes: "session-name-malformed", issue: containing(session+"/AttributeValue", "../dana")}),
		of("O8", Anybody, nil,
			recipe{name: "option-as-name-honest", by: Provider, want: Passes, issue: doing(containing(nameID, "-o/etc/passwd"), containing(session+"/AttributeValue", "-rf"))},
			recipe{name: "file-as-name-honest", by: Provider, want: Passes, issue: doing(containing(nameID, "@/etc/passwd"), containing(session+"/AttributeValue", "@file"))},
			recipe{name: "option-as-message", unsigned: true, codes: "message-not-response", post: func(string) []byte { return []byte("--metadata=intruder") }},
			recipe{name: "file-as-message", unsigned: true, codes: "message-not-response", post: func(string) []byte { return []byte("@/etc/passwd") }}),
	)
}

// algorithmNames puts such texts where the names of algorithms stand.
func algorithmNames(texts map[string]string) recipe {
	all := slices.Sorted(maps.Values(texts))
	return recipe{name: "algorithm-names", codes: "algorithm-unsupported", by: Holder, attack: func(p *paper) {
		for i, path := range []string{"/SignatureMethod", "/Reference/DigestMethod", "/CanonicalizationMethod", "/Reference/Transforms/Transform"} {
			p.setRaw(signedInfo+path, "Algorithm", all[i%len(all)])
		}
		p.setRaw(reference, "URI", all[0])
	}}
}

// secrets are live responses that a report must not repeat, and ways to be told
// good where nothing was checked.
func secrets() []recipe {
	return join(
		of("O6", Holder, assertionSigned(),
			recipe{name: "edited", codes: "digest-mismatch", attack: containing(nameID, "attacker@example.com")},
			recipe{name: "value-edited", codes: "signature-mismatch", attack: func(p *paper) {
				text := p.find(signature + "/SignatureValue").Text()
				p.content(signature+"/SignatureValue", "AAAA"+text[4:])
			}},
			recipe{name: "expired", codes: "assertion-expired", after: 5 * 3600e9},
			recipe{name: "usual-honest", by: Provider, want: Passes, shapes: only("entra", "okta")}),
		of("O7", Holder, nil,
			recipe{name: "no-metadata", codes: "metadata-missing", noMetadata: true},
			recipe{name: "no-metadata-forged", codes: "metadata-missing digest-mismatch", noMetadata: true, attack: containing(nameID, "attacker@example.com")},
			recipe{name: "no-metadata-unsigned", by: Anybody, unsigned: true, codes: "signature-missing", noMetadata: true, attack: forgery},
			recipe{name: "empty", by: Anybody, unsigned: true, codes: "input-empty", post: func(string) []byte { return nil }},
			recipe{name: "blank", by: Anybody, unsigned: true, codes: "input-empty", post: func(string) []byte { return []byte(" \n\t\n") }},
			recipe{name: "metadata-without-key", codes: "metadata-key-missing", shapes: only("okta"), metadata: dropping(metadataDescriptor)},
			recipe{name: "limit", codes: "limit-exceeded", attack: extended(nested(70))},
			recipe{name: "encrypted-without-key", codes: "encryption-key-missing", envelop: encrypting(gcm())},
			recipe{name: "usual-honest", by: Provider, want: Passes}),
	)
}
