// How many SMS a text of UCS-2 makes: one carries 70 characters; of several each gives three to say which part it is (3GPP TS 23.040). Pure.

const whole = 70
const part = 67

export const smsParts = (text: string): number => (text.length <= whole ? 1 : Math.ceil(text.length / part))
