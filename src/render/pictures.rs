//! How large pictures are, so that a page keeps its place for them before they come.

use std::collections::BTreeMap;

use bytes::Bytes;

/// The sizes of the site's pictures, by path.
#[derive(Debug, Default)]
pub struct Pictures {
    sizes: BTreeMap<String, (usize, usize)>,
}

impl Pictures {
    /// Reads the sizes off the headers of files; what is no picture is left out.
    pub fn measure(assets: &BTreeMap<String, Bytes>) -> Self {
        let size = |bytes: &Bytes| match imagesize::blob_size(bytes) {
            Ok(size) => Some((size.width, size.height)),
            Err(_) => svg_size(bytes),
        };
        let sizes = assets
            .iter()
            .filter_map(|(path, bytes)| Some((path.clone(), size(bytes)?)));
        Self {
            sizes: sizes.collect(),
        }
    }

    /// Width and height in pixels.
    pub fn size(&self, path: &str) -> Option<(usize, usize)> {
        self.sizes.get(path).copied()
    }
}

/// The size in the view box of a drawing.
fn svg_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = std::str::from_utf8(&bytes[..bytes.len().min(2048)]).ok()?;
    let tag = &head[head.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let (_, rest) = tag.split_once("viewBox=\"")?;
    let numbers: Vec<f64> = rest
        .split('"')
        .next()?
        .split([' ', ','])
        .filter_map(|n| n.parse().ok())
        .collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => {
            Some((width.round() as usize, height.round() as usize))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn drawings_have_the_size_of_their_view_box() {
        assert_eq!(svg_size(b"<svg viewBox=\"0 0 640 480\">"), Some((640, 480)));
        assert_eq!(svg_size(b"<svg viewBox=\"0 0 x\">"), None);
    }
}
