/** The kinds of tax ids that forms offer, the common ones. */
export const taxIdTypes = [
  ['', 'Choose one'],
  ['au_abn', 'Australia: ABN'],
  ['br_cnpj', 'Brazil: CNPJ'],
  ['ca_gst_hst', 'Canada: GST/HST'],
  ['ch_vat', 'Switzerland: VAT'],
  ['eu_vat', 'European Union: VAT'],
  ['gb_vat', 'United Kingdom: VAT'],
  ['in_gst', 'India: GST'],
  ['jp_trn', 'Japan: TRN'],
  ['mx_rfc', 'Mexico: RFC'],
  ['no_vat', 'Norway: VAT'],
  ['nz_gst', 'New Zealand: GST'],
  ['sg_gst', 'Singapore: GST'],
  ['us_ein', 'United States: EIN'],
  ['za_vat', 'South Africa: VAT'],
] as const
