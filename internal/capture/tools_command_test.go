package capture

import (
	"regexp"
	"strings"
	"unicode/utf16"
)

const networkView = "https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/panels/network/NetworkLogView.ts"

// curlBash writes a command as the DevTools do for a POSIX shell.
func curlBash(address, data string) string {
	out := "curl '" + address + "' \\\n  -H 'accept: text/html,application/xhtml+xml' \\\n  -H 'content-type: application/x-www-form-urlencoded' \\\n" +
		"  -b 'aws-creds=x; regional=1' \\\n  -H 'origin: https://login.microsoftonline.com' \\\n  -H 'sec-ch-ua: \"Chromium\";v=\"140\"' \\\n  -H 'user-agent: " + agent + "'"
	if data != "" {
		out += " \\\n  --data-raw " + data
	}
	return out
}

var (
	unsafeForCmd = regexp.MustCompile(`[^a-zA-Z0-9\s_\-:=+~'/.',?;()*` + "`" + `]`)
	percentWord  = regexp.MustCompile(`%([a-zA-Z0-9_])`)
)

// forCmd escapes as the DevTools do for cmd.exe.
func forCmd(mark, text string) string {
	text = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)
	text = unsafeForCmd.ReplaceAllString(text, "^$0")
	text = percentWord.ReplaceAllString(text, "%^$1")
	return mark + text + mark
}

func curlCmd(mark, data string) string {
	return "curl " + forCmd(mark, signIn) + " ^\r\n  -H " + forCmd(mark, `sec-ch-ua: "Chromium";v="140"`) + " ^\r\n  -H " + forCmd(mark, "content-type: application/x-www-form-urlencoded") +
		" ^\r\n  --data-raw " + forCmd(mark, data)
}

func powershell(data string) string {
	return "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = \"" + agent + "\"\n" +
		"$session.Cookies.Add((New-Object System.Net.Cookie(\"regional\", \"1\", \"/\", \".amazon.com\")))\n" +
		"Invoke-WebRequest -UseBasicParsing -Uri \"" + signIn + "\" `\n-Method \"POST\" `\n-WebSession $session `\n-Headers @{\n\"authority\"=\"signin.aws.amazon.com\"\n  \"method\"=\"POST\"\n  \"path\"=\"/saml\"\n  \"sec-ch-ua\"=\"`\"Chromium`\";v=`\"140`\"\"\n} `\n" +
		"-ContentType \"application/x-www-form-urlencoded\" `\n-Body \"" + data + "\""
}

func fetchCall(data string) string {
	return "fetch(" + quote(signIn) + ", {\n  \"headers\": {\n    \"accept\": \"text/html,application/xhtml+xml\",\n    \"content-type\": \"application/x-www-form-urlencoded\",\n    \"sec-ch-ua\": \"\\\"Chromium\\\";v=\\\"140\\\"\"\n  },\n" +
		"  \"referrer\": \"https://login.microsoftonline.com/\",\n  \"body\": " + quote(data) + ",\n  \"method\": \"POST\",\n  \"mode\": \"cors\",\n  \"credentials\": \"include\"\n});"
}

// wide writes a text in UTF-16 with a byte order mark, as ">" of Windows
// PowerShell does.
func wide(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

func commandTools() []tool {
	curled := wanted{kind: Curl, name: "cURL command", messages: posted("request body")}
	shell := wanted{kind: Curl, name: "PowerShell command", messages: posted("request body")}
	fetched := wanted{kind: Curl, name: "call of fetch", messages: posted("request body")}
	const firefoxCurl = "https://github.com/BrowserWorks/Waterfox/blob/current/devtools/client/shared/curl.js"
	return []tool{
		{"command-bash.txt", networkView, func(s scene) string { return curlBash(signIn, "'"+s.body+"'") + "\n" }, curled},
		// What has a "!" or a quotation mark in it is written as $'…'.
		{"command-ansi.txt", networkView, func(s scene) string {
			return curlBash(signIn, "$'"+strings.ReplaceAll(s.body, "&", `\u0026`)+`\u0021'`)
		}, wanted{kind: Curl, name: "cURL command", messages: []wantedMessage{{field: Response, octets: response, relay: console + "!", method: "POST", url: signIn, where: "request body"}}}},
		// “Copy all as cURL”: the commands stand one after the other.
		{"command-all.txt", networkView, func(s scene) string {
			return curlBash(idp, "") + " ;\n" + curlBash("https://signin.aws.amazon.com/static/js/saml.js", "") + " ;\n" + curlBash(signIn, "'"+s.body+"'")
		}, wanted{kind: Curl, name: "cURL command", messages: posted("command 3 of 3, request body")}},
		{"command-cmd.txt", networkView, func(s scene) string { return curlCmd(`^"`, s.body) }, curled},
		// Versions of Chrome up to 2023 put carets into plain quotation marks.
		{"command-cmd-older.txt", networkView, func(s scene) string { return curlCmd(`"`, s.body) }, curled},
		{"command-firefox.txt", firefoxCurl, func(s scene) string {
			return "curl '" + signIn + "' -H 'Accept: text/html' --compressed -H 'Content-Type: application/x-www-form-urlencoded' -H 'Origin: https://login.microsoftonline.com' --data '" + s.body + "'"
		}, curled},
		{"command-firefox-windows.txt", firefoxCurl, func(s scene) string {
			return `curl "` + signIn + `" -H "Accept: text/html" --compressed -H "Content-Type: application/x-www-form-urlencoded" --data "` + strings.ReplaceAll(s.body, "%", `"%"`) + `"`
		}, curled},
		// Written by hand, with curl doing the percent-encoding.
		{"command-urlencode.txt", "https://curl.se/docs/manpage.html#--data-urlencode", func(s scene) string {
			return "$ curl -sS -o /dev/null " + signIn + " --data-urlencode \"SAMLResponse=" + s.response + "\" --data-urlencode RelayState=" + console + "\n"
		}, curled},
		{"command-file.txt", "https://curl.se/docs/manpage.html#-d", func(scene) string {
			return "curl -X POST -H 'Content-Type: application/x-www-form-urlencoded' --data-binary @body.txt " + signIn
		}, wanted{kind: Curl, name: "cURL command", lacks: `out of the file "body.txt"`}},
		{"command-cut.txt", networkView, func(s scene) string { return curlBash(signIn, "'"+s.body[:5000]) },
			wanted{kind: Curl, name: "cURL command", messages: []wantedMessage{{field: Response, octets: response, method: "POST", url: signIn, where: "request body", added: "ends inside the command"}}}},
		{"command-powershell.txt", networkView, func(s scene) string { return powershell(s.body) }, shell},
		// Saved by Windows PowerShell, in UTF-16.
		{"command-powershell-wide.txt", networkView, func(s scene) string { return wide(powershell(s.body) + "\r\n") }, shell},
		// Written by hand, with the fields as a table.
		{"command-rest.txt", "https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.utility/invoke-restmethod", func(s scene) string {
			return "PS C:\\> Invoke-RestMethod -Method Post -Uri '" + signIn + "' -Body @{SAMLResponse='" + s.response + "'; RelayState='" + console + "'}"
		}, shell},
		{"command-fetch.txt", networkView, func(s scene) string { return fetchCall(s.body) }, fetched},
		// “Copy all as fetch (Node.js)”.
		{"command-fetch-all.txt", networkView, func(s scene) string {
			return "fetch(" + quote(idp) + ", {\n  \"headers\": {\n    \"cookie\": \"x=1\"\n  },\n  \"body\": null,\n  \"method\": \"GET\"\n}); ;\n" + fetchCall(s.body)
		}, wanted{kind: Curl, name: "call of fetch", messages: posted("command 2 of 2, request body")}},
	}
}
