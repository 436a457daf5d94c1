// Shows the contract of this node, and nothing from elsewhere.
SwaggerUIBundle({
  url: "/api/v1/openapi.yaml",
  dom_id: "#contract",
  validatorUrl: null,
  deepLinking: true,
});
