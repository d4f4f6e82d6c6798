import { relocateImage } from '../fixes/imageRoleFixes.ts';
import { placeOf } from '../record/example.ts';
import { isKnownRole } from './message-role.ts';
import type { ImageRule } from './rule.ts';

export const imageRole: ImageRule = {
  id: 'image-role',
  summary: 'Images stand only in user messages.',
  severity: 'error',
  scope: 'image',
  // An image that must go has no cost worth a hint.
  supersedes: ['image-detail-cost'],
  *check({ example, part }, { profile }) {
    const { role } = part.message;
    // A role that is missing or unknown is message-role's finding.
    if (role === undefined || role === 'user' || !isKnownRole(role, profile)) return;
    const article = /^[aeiou]/.test(role) ? 'an' : 'a';
    yield {
      span: placeOf(part.value.get('type') ?? part.value),
      message: `Image is in ${article} ${role} message; the service takes images only in user messages and refuses the file.`,
      fixes: () => relocateImage(example, part),
    };
  },
};
