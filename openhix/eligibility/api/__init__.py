"""What programs may ask, without an account: estimates in the shape of CMS, and determinations with their reasons."""
