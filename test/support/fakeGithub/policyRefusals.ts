/** Recorded refusals for other reasons than missing permissions in a repository. */
export const policyRefusals = {
  singleSignOn: forbidden("Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization."),
  application: forbidden(
    "Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information on these restrictions, including how to enable this app, visit https://docs.github.com/articles/restricting-access-to-your-organization-s-data/",
  ),
  addresses: forbidden("Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource."),
  blocked: forbidden("Blocked"),
  suspended: forbidden("Sorry. Your account was suspended."),
  takenDown: { ...forbidden("Repository access blocked"), status: 451 },
} as const;

function forbidden(message: string) {
  return { kind: "status" as const, status: 403, body: { message, documentation_url: "https://docs.github.com/rest" } };
}
