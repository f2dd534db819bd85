// Runs veraPDF over the PDFs named on the command line; a line of JSON for each and each standard.
// For the shell of Rhino, which veraPDF reads its own rules with: both are in one jar.

java.util.logging.LogManager.getLogManager().reset();
var names = java.util.Arrays.asList(arguments);
var Profiles = org.verapdf.pdfa.validation.profiles.Profiles;
var Flavour = org.verapdf.pdfa.flavours.PDFAFlavour;
var nothing = java.util.Collections.emptyList();
org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = org.verapdf.pdfa.Foundries.defaultInstance();

function all(element, name, make) {
  var found = element.getElementsByTagName(name);
  var made = new java.util.LinkedHashSet();
  for (var at = 0; at < found.getLength(); at++) made.add(make(found.item(at)));
  return made;
}

function text(element, name) {
  return element.getElementsByTagName(name).item(0).getTextContent();
}

function rule(element) {
  var id = element.getElementsByTagName("id").item(0);
  var specification = Flavour.Specification.valueOf(id.getAttribute("specification"));
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), parseInt(id.getAttribute("testNumber"), 10)),
    element.getAttribute("object"),
    java.lang.Boolean.valueOf(element.getAttribute("deferred")),
    element.getAttribute("tags"),
    text(element, "description"),
    text(element, "test"),
    Profiles.errorFromValues(text(element, "message"), nothing),
    nothing
  );
}

function variable(element) {
  return Profiles.variableFromValues(
    element.getAttribute("name"),
    element.getAttribute("object"),
    text(element, "defaultValue"),
    text(element, "value")
  );
}

// The rules as veraPDF publishes them. It reads them by JAXB, which this jar has only half of.
function profile(flavour, file) {
  var stream = foundry.getClass().getResourceAsStream("/org/verapdf/pdfa/validation/" + file);
  var builder = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
  var root = builder.parse(stream).getDocumentElement();
  var details = Profiles.profileDetailsFromValues("", "", "", new java.util.Date(0));
  return Profiles.profileFromValues(flavour, details, "", all(root, "rule", rule), all(root, "variable", variable));
}

function checked(name, rules) {
  var parser = foundry.createParser(new java.io.File(name), rules.getPDFAFlavour());
  var result = foundry.createValidator(rules, false).validate(parser);
  parser.close();
  var failed = result.getFailedChecks().keySet().toArray().map(function (id) {
    return id.getClause() + "-" + id.getTestNumber();
  });
  return {
    file: String(name),
    standard: String(rules.getPDFAFlavour().getId()),
    rules: Number(rules.getRules().size()),
    checks: Number(result.getTotalAssertions()),
    failed: failed.sort()
  };
}

var profiles = [profile(Flavour.PDFA_2_A, "PDFA-2A.xml"), profile(Flavour.PDFUA_1, "PDFUA-1.xml")];
for (var at = 0; at < names.size(); at++) {
  profiles.forEach(function (rules) {
    print(JSON.stringify(checked(names.get(at), rules)));
  });
}
