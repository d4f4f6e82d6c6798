import { clock, gauge, thermometer } from '../drawings/instruments.ts';
import { image, text, type ImagePart, type Message, type TextPart } from './messages.ts';
import { dataUri, encode, type PictureFormat } from './pictures.ts';

/** One reading of an instrument: what a record of the broken set is made of before its fault is planted. */
export interface Task {
  /** The drawing, for images in formats of the fault's choosing. */
  readonly svg: string;
  readonly system: Message;
  readonly question: TextPart;
  readonly picture: ImagePart;
  readonly user: Message;
  readonly answer: string;
  readonly assistant: Message;
}

/** The task of the record with this index from 0: another instrument and value each time. */
export async function readingTask(index: number): Promise<Task> {
  const { svg, format, words, answer } = reading(index);
  // Every other picture stands at an address, which keeps the file small.
  const url =
    index % 2 === 0
      ? dataUri(`image/${format}`, await encode(svg, format, { quality: 50 }))
      : `https://example.com/instruments/${index + 1}.${format === 'jpeg' ? 'jpg' : format}`;
  const question = text(words);
  const picture = image(url);
  return {
    svg,
    system: { role: 'system', content: 'You read instruments.' },
    question,
    picture,
    user: { role: 'user', content: [question, picture] },
    answer,
    assistant: { role: 'assistant', content: answer },
  };
}

interface Reading {
  readonly svg: string;
  readonly format: PictureFormat;
  readonly words: string;
  readonly answer: string;
}

/** The value goes round the dial in steps that do not repeat within the set. */
function reading(index: number): Reading {
  switch (index % 3) {
    case 0: {
      const [hours, minutes] = [(index * 5) % 12, (index * 7) % 60];
      const time = `${hours === 0 ? 12 : hours}:${String(minutes).padStart(2, '0')}`;
      const svg = clock(hours, minutes);
      return { svg, format: 'jpeg', words: 'What time is it?', answer: `${time} 🕰️` };
    }
    case 1: {
      const bar = ((index * 37) % 100) / 10;
      const answer = `${bar.toFixed(1)} bar`;
      return { svg: gauge(bar), format: 'webp', words: 'Read the gauge.', answer };
    }
    default: {
      const celsius = ((index * 5) % 61) - 15;
      const svg = thermometer(celsius);
      return { svg, format: 'png', words: 'How warm is it?', answer: `${celsius} °C` };
    }
  }
}
