/** A count inside a sentence: the number itself decides between one and many. */
export type Count = number;
