/* Checks messages with libxmlsec1 in process: parse, find the Signature, verify
 * it with the key of certificate.pem in the folder given. The orders on standard
 * input are those of package line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <xmlsec/app.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

static char *document;
static int length;

static int read_document(const char *path) {
	FILE *file = fopen(path, "rb");
	if (file == NULL || fseek(file, 0, SEEK_END) != 0) return 0;
	length = (int)ftell(file);
	rewind(file);
	free(document);
	document = malloc((size_t)length);
	int whole = document != NULL && fread(document, 1, (size_t)length, file) == (size_t)length;
	fclose(file);
	return whole;
}

/* identify registers the ID attributes, so that a Reference finds its element. */
static void identify(xmlDocPtr doc, xmlNodePtr node) {
	for (; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) continue;
		xmlAttrPtr id = xmlHasProp(node, BAD_CAST "ID");
		if (id != NULL && id->children != NULL) xmlAddID(NULL, doc, id->children->content, id);
		identify(doc, node->children);
	}
}

/* accepts tells whether the document's Signature holds. */
static int accepts(xmlSecKeyPtr key) {
	int holds = 0;
	xmlDocPtr doc = xmlReadMemory(document, length, NULL, NULL, XML_PARSE_NONET);
	if (doc == NULL) return 0;
	identify(doc, xmlDocGetRootElement(doc));
	xmlNodePtr signature = xmlSecFindNode(xmlDocGetRootElement(doc), xmlSecNodeSignature, xmlSecDSigNs);
	xmlSecDSigCtxPtr context = xmlSecDSigCtxCreate(NULL);
	if (signature != NULL && context != NULL) {
		context->signKey = xmlSecKeyDuplicate(key);
		holds = xmlSecDSigCtxVerify(context, signature) == 0 && context->status == xmlSecDSigStatusSucceeded;
	}
	if (context != NULL) xmlSecDSigCtxDestroy(context);
	xmlFreeDoc(doc);
	return holds;
}

static long long now(clockid_t clock) {
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int run(xmlSecKeyPtr key, long times) {
	long long wall = now(CLOCK_MONOTONIC), computed = now(CLOCK_PROCESS_CPUTIME_ID);
	for (long i = 0; i < times; i++)
		if (!accepts(key)) return 0;
	printf("%lld %lld 0\n", now(CLOCK_MONOTONIC) - wall, now(CLOCK_PROCESS_CPUTIME_ID) - computed);
	return 1;
}

static int serve(xmlSecKeyPtr key) {
	char order[4096];
	while (fgets(order, sizeof order, stdin) != NULL) {
		order[strcspn(order, "\n")] = 0;
		if (strncmp(order, "load ", 5) == 0) {
			if (!read_document(order + 5)) return 1;
			puts(accepts(key) ? "accepts" : "refuses: the signature does not hold");
		} else if (strncmp(order, "run ", 4) != 0 || !run(key, atol(order + 4))) {
			return 1;
		}
		fflush(stdout);
	}
	return 0;
}

static void silent(const char *file, int line, const char *func, const char *object, const char *subject, int reason, const char *msg) {
	(void)file, (void)line, (void)func, (void)object, (void)subject, (void)reason, (void)msg;
}

int main(int count, char **args) {
	char path[4096];
	if (count != 2) return 2;
	snprintf(path, sizeof path, "%s/certificate.pem", args[1]);
	xmlInitParser();
	if (xmlSecInit() < 0 || xmlSecCryptoAppInit(NULL) < 0 || xmlSecCryptoInit() < 0) return 2;
	xmlSecErrorsSetCallback(silent);
	xmlSecKeyPtr key = xmlSecCryptoAppKeyLoad(path, xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
	return key == NULL ? 2 : serve(key);
}
