/** How the register of a wave comes to know a paper: the desk enters it, or the act that brings it about tells its number. */
export const paperActs = ['register-paper', 'release-entry', 'pass-inspection', 'acknowledge-condition', 'file-eei'] as const;

/** A paper that a wave must have before it leaves. */
export interface ExportPaper {
  readonly name: string;
  readonly act: (typeof paperActs)[number];
}

/** What a policy asks of each wave. */
export interface ShippingRules {
  readonly papers: readonly ExportPaper[];
  /** `by-cbp`: goods enter the United States for their test, and U.S. Customs and Border Protection releases the entry. */
  readonly usEntry: 'by-cbp' | 'not-needed';
  /** Whether somebody looks, after the delivery, that the goods are where and for what the license says. */
  readonly siteVerification: 'needed' | 'not-needed';
}

/** A paper as the desk has entered it. Days as YYYY-MM-DD; good until the end of the day `expires` in UTC. */
export interface RegisteredPaper {
  readonly paper: string;
  readonly number: string;
  readonly dated: string;
  readonly expires?: string;
  /** SHA-256 of the document in hexadecimal digits. */
  readonly digest: string;
}

/** What is known of the wave that leaves next, or has left last; each wave has a register of its own. */
export interface DocumentRegister {
  readonly papers: readonly RegisteredPaper[];
  readonly entryNumber?: string;
  readonly testReport?: string;
  /** The version of the lists at which the parties were last found clear. */
  readonly listVersion?: string;
  /** Internal Transaction Number of the electronic export information, such as X20260209123456 (15 CFR 30, appendix B). */
  readonly itn?: string;
  /** Why customs of the United States keep the goods from leaving, while they do. */
  readonly detained?: string;
}

const itnForm = /^X\d{14}$/;
/** Whether a text is an Internal Transaction Number, whose first eight digits are the day of the filing. */
export const isItn = (text: string): boolean => itnForm.test(text);
